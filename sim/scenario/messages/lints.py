"""Messages about what only the whole file tells: texts, sums, references, reach."""

from sim.scenario.messages.forms import Message, error, note, warning

LINTS: dict[str, Message] = {
    # texts
    "L01": error(
        "a text stands in both languages: {{en: …, zh: …}}", "文字要写两种语言：{{en: …, zh: …}}"
    ),
    "L02": error("the Chinese text (zh) is missing", "缺少中文（zh）"),
    "L03": error("the English text (en) is missing", "缺少英文（en）"),
    "L04": warning("the English and the Chinese text are the same", "英文和中文相同"),
    "L05": error(
        "the placeholders differ: {en} in English, {zh} in Chinese",
        "占位符不一致：英文中是 {en}，中文中是 {zh}",
    ),
    "L06": error(
        "there is no placeholder {value}{near}; possible here: {choices}",
        "没有占位符 {value}{near}；这里可用：{choices}",
    ),
    "L07": warning("{value} is also the name of {other}", "{value} 与 {other} 同名"),
    "L08": error(
        "a text has only en and zh; a text with a comma must stand in quotes inside {{ }}",
        "文字只有 en 和 zh；写在 {{ }} 里的文字如果含逗号，必须加引号",
    ),
    # sums
    "L12": error("the shares add up to {total}%, not to 100%", "各项之和是 {total}%，应为 100%"),
    "L11": error(
        "{count} values for {limit} turns; write one for all, or one for each",
        "有 {count} 个值，但共有 {limit} 个回合；请写一个通用值，或每回合一个",
    ),
    # budget and reach
    "L20": error(
        "nothing on offer can ever be done: {value}, the cheapest, takes {hours} h and {money} of "
        "money; a turn has {limit} h, the game {purse} of money",
        "没有任何行动负担得起：最省的 {value} 需要 {hours} 小时和 {money} 资金；"
        "每回合只有 {limit} 小时，全局只有 {purse} 资金",
    ),
    "L21": warning(
        "{value} can never be done: it takes {hours} h, a turn has at most {limit} h",
        "{value} 永远做不了：需要 {hours} 小时，而每回合最多 {limit} 小时",
    ),
    "L28": warning(
        "{value} can never be paid for: it takes {money}, the whole game has {limit} of money",
        "{value} 永远付不起：需要 {money} 资金，而全局只有 {limit}",
    ),
    "L22": warning(
        "it takes place in turn {value}, but the game ends after turn {limit}",
        "它安排在第 {value} 回合，但游戏在第 {limit} 回合后就结束",
    ),
    "L23": error(
        "it never begins: write turn, when, chance or on",
        "它永远不会开始：请写 turn、when、chance 或 on",
    ),
    "L24": note("{value} is defined here but not offered", "这里定义了 {value}，但没有提供给玩家"),
    "L25": note("{value} is defined but never used", "定义了 {value}，但从未使用"),
    "L27": warning("{value} is offered twice", "{value} 重复提供"),
    "L26": warning("{value} has no customer it could be done for", "没有任何客户可以使用 {value}"),
    # encounters
    "L30": error(
        "responses branch at most {limit} deep; this is level {count}",
        "回应最多分 {limit} 层；这里是第 {count} 层",
    ),
    "L31": error(
        "{count} ways through this encounter; at most {limit}",
        "这个情境有 {count} 条路径；最多 {limit} 条",
    ),
    "L32": error(
        "every response has a condition (if), so there may be nothing to say; leave one without",
        "每个回应都有条件（if），可能无话可说；请留一个没有条件的",
    ),
    "L33": warning(
        "this response costs no less and gives no more than {value}",
        "这个回应的代价不低于 {value}，而效果不高于它",
    ),
    "L34": warning("two responses say the same words", "两个回应的话相同"),
    "L35": error(
        "from three to five responses are expected, not {count}",
        "应有三到五个回应，而不是 {count} 个",
    ),
    "L36": note("this response changes nothing", "这个回应没有任何效果"),
    "L37": error(
        "{value} is said to be always taken, too; only one response can be",
        "{value} 也写了 always；同一处只能有一个回应总被选中",
    ),
    "L38": error(
        "every response here is said never to be taken, so there is nothing left to say",
        "这里每个回应都写了 never，那就无话可说了",
    ),
    # endings and customers
    "L40": error(
        "the last ending must have no condition (when), so that every game ends in one",
        "最后一个结局不能有条件（when），这样每局都有结局",
    ),
    "L41": warning(
        "this ending can never be told: the one before it has no condition",
        "这个结局永远不会出现：前面的结局没有条件",
    ),
    "L42": error(
        "no customer is active or a prospect at the start", "开局时没有现有客户或潜在客户"
    ),
    "L43": warning(
        "this field has no effect on a customer with people; write it at the people",
        "有人物的客户写这个字段没有效果；请写到人物下面",
    ),
    "L44": warning(
        "the file says what {value} is, but nothing on offer reveals it",
        "档案写了 {value}，但没有任何行动能了解到它",
    ),
    "L45": error(
        "{value} is not at {owner}{near}; one of: {choices}",
        "{owner} 没有人物 {value}{near}；可用：{choices}",
    ),
    "L46": error(
        "only a customer that is unborn can be woken", "只有尚未出现（unborn）的客户才能唤醒"
    ),
    "L47": error("a segment (count above 1) has no people", "客群（count 大于 1）不能有人物"),
    "L48": error("a customer cannot be tied to itself", "客户不能与自己有联系"),
    # parameters
    "L50": error(
        "{value} lies outside {low} to {high}, the range in which the model holds",
        "{value} 超出模型适用的范围 {low} 到 {high}",
    ),
    "L51": error(
        "{field} is worked out from months_per_turn", "{field} 由 months_per_turn 计算得出"
    ),
    # what is called off
    "L52": warning(
        "say what is called off and why: # lint: ok L33 because: …",
        "请写明不再提示哪一条、理由是什么：# lint: ok L33 因为：……",
    ),
    "L53": warning(
        "there is no code {value} that could be called off{near}",
        "没有可以关闭的代码 {value}{near}",
    ),
    "L54": warning(
        "nothing here is called {value} any more; delete it", "这里已经没有 {value} 了，请删掉"
    ),
    "L55": warning("{value} is an error and cannot be called off", "{value} 是错误，不能关闭"),
    "R04": error(
        "there is no scenario {value}{near}; there are: {choices}",
        "没有情景 {value}{near}；现有：{choices}",
    ),
    "L61": error(
        "this file is written for version {value} of the language; this program knows {limit}: "
        "update the program",
        "这个文件用的是语言的第 {value} 版，本程序只认识第 {limit} 版：请更新程序",
    ),
    "L60": note(
        "the folder is called {value}; a scenario is found by its folder, so let id be the same",
        "文件夹名是 {value}；程序按文件夹查找情景，请让 id 与它一致",
    ),
}
