"""What lies behind a code and what to do about it, where the message itself cannot say so much.

`run.py check --explain CODE` and docs/reference.md show them with the message.
"""


def _both(en: str, zh: str) -> tuple[str, str]:
    return en, zh


EXPLANATIONS: dict[str, tuple[str, str]] = {
    "S07": _both(
        "Some editors on Chinese systems save in GBK. In the dialogue 'save as' choose UTF-8.",
        "中文系统上的一些编辑器默认存成 GBK。请在“另存为”对话框中把编码选为 UTF-8。",
    ),
    "S08": _both(
        "Usually a single letter with an accent that came from another program. Delete it, "
        "type it again and save the file as UTF-8.",
        "多半是从别的程序粘贴来的一个特殊字母。删掉重打，再把文件存成 UTF-8。",
    ),
    "S10": _both(
        "A scenario needs about ten levels. A bracket that is opened again and again is "
        "usually a key that was held down.",
        "情景一般只需十来层。括号开了又开，多半是按键没松手。",
    ),
    "S13": _both(
        "YAML has its own way of reuse (& and *); here extends: does it, so that a mistake "
        "can be told at its place.",
        "YAML 自带一种复用写法（& 和 *）；这里改用 extends:，出错时才能指出位置。",
    ),
    "S20": _both(
        "YAML would silently keep the last one. Delete one of the two or give it another id.",
        "YAML 会不声不响地只留最后一个。请删掉一个，或另取标识。",
    ),
    "S23": _both(
        "Correct the first ones; the rest comes to light at the next check.",
        "先改前面的，其余的下次检查就会显示。",
    ),
    "S25": _both(
        "A line of <<<<<<<, ======= or >>>>>>> comes from git when two people changed the "
        "same lines.",
        "<<<<<<<、=======、>>>>>>> 这样的行，是两个人改了同一处时 git 留下的。",
    ),
    "S31": _both(
        "Tabs look different in every editor, so YAML refuses them. Most editors can be "
        "told to write spaces when you press Tab.",
        "制表符在每个编辑器里宽度不同，所以 YAML 不接受。多数编辑器可以设成按 Tab 输入空格。",
    ),
    "S35": _both(
        'title: The case: a beginning is read as two names. Write title: "The case: a beginning".',
        'title: The case: a beginning 会被当成两个名称。请写成 title: "The case: a beginning"。',
    ),
    "S40": _both(
        "What belongs together begins in the same column; what lies inside begins two "
        "spaces further right.",
        "同一层的内容从同一列开始；里面一层再往右缩进两个空格。",
    ),
    "T01": _both(
        "Either the name is misspelt, or it belongs to another entry: look at the indentation.",
        "要么名称拼错了，要么它属于别的条目：看看缩进。",
    ),
    "T25": _both(
        "Meters such as satisfaction and trust run from 0 to 100 points; shares and "
        "chances are percentages.",
        "满意度、信任等指标是 0 到 100 分；比例和可能性才用百分数。",
    ),
    "R01": _both(
        "An id must be written exactly as where the entry is defined.",
        "标识必须与定义条目的地方写得一模一样。",
    ),
    "R02": _both(
        "An entry cannot take its fields from itself, not even by way of others.",
        "条目不能从自己那里取字段，绕一圈也不行。",
    ),
    "L01": _both(
        "The game can be switched to the other language at any moment. If you speak only "
        "one of them, write the same sentence twice and let somebody translate it later; "
        "check reminds you.",
        "游戏随时可以切换语言。如果只会一种，可先把同一句话写两遍，以后请人翻译；检查会提醒你。",
    ),
    "L04": _both(
        "Probably not translated yet. Names that are spelt alike in both languages may stay.",
        "大概还没有翻译。两种语言写法相同的名字可以保留。",
    ),
    "L08": _both(
        'Inside { } a comma begins the next field. Write {en: "Yes, it is", zh: 是的}, or '
        "put en and zh on lines of their own.",
        '在 { } 里，逗号表示下一个字段开始。请写 {en: "Yes, it is", zh: 是的}，或让 en 和 '
        "zh 各占一行。",
    ),
    "L09": _both(
        "By the ranges of what it asks for: 'satisfaction > 100' or 'turn > 12' in a game "
        "of 12 turns. What hangs on it will never be seen.",
        "从所问数值的范围可知：如 satisfaction > 100，或总共 12 回合却写 turn > 12。依赖它"
        "的内容永远看不到。",
    ),
    "L10": _both(
        "Whatever happens in the game it holds. Leave it out if that is meant.",
        "无论游戏怎样发展都成立。如果本意如此，不写即可。",
    ),
    "L12": _both(
        "The weights of the score and the chances of the four styles are parts of one whole.",
        "总分权重、四种性格的可能性都是一个整体的各部分。",
    ),
    "L22": _both(
        "It will never be seen. Move it to an earlier turn or let the game last longer.",
        "永远不会发生。请提前，或增加回合数。",
    ),
    "L23": _both(
        "An encounter begins at a turn, under a condition, by chance or with a complaint; "
        "an event likewise, without the complaint.",
        "情境在某回合、某条件下、偶然或投诉时出现；事件也一样，只是没有投诉。",
    ),
    "L24": _both(
        "Add it to offers: if trainees should be able to choose it.",
        "如果想让学员选用，请加进 offers。",
    ),
    "L32": _both(
        "At least one answer must always be possible, or the trainee is stuck.",
        "至少要有一个随时可选的回应，否则学员会卡住。",
    ),
    "L33": _both(
        "Nobody would choose it for its effect. Let it be cheaper, or better at something else.",
        "单看效果没有人会选它。让它便宜些，或在别的方面更好。",
    ),
    "L35": _both(
        "With two answers one is right and one is wrong, and there is nothing to think about.",
        "只有两个回应时，一对一错，没有什么可想的。",
    ),
    "L36": _both(
        "A response may be without effect on purpose, for instance a polite refusal; "
        "otherwise give it an effect.",
        "没有效果也可能是有意的，比如客气地拒绝；否则请写上 effect。",
    ),
    "L40": _both(
        "The endings are tried from top to bottom; the last one takes whatever is left.",
        "结局从上到下逐个检查，最后一个收下其余所有情况。",
    ),
    "L44": _both(
        "The player will never read it. Offer an action with reveal for this kind, let an "
        "encounter reveal it, or write the kind under known.",
        "玩家永远读不到。请提供能了解（reveal）它的行动，让某个情境透露（reveals）它，或写"
        "进 known。",
    ),
    "L50": _both(
        "The model was tried only inside this range. Change the scenario rather than the "
        "coefficient.",
        "模型只在这个范围内试验过。宁可改情景，不要改系数。",
    ),
    "L60": _both(
        "run.py play NAME looks for a folder of this name.",
        "run.py play 名称 按文件夹名查找。",
    ),
    "X08": _both(
        "All names are listed in docs/reference.md. A number of your own must stand under "
        "variables:.",
        "全部名称见 docs/reference.zh.md。自定义的数值要先写在 variables: 下。",
    ),
    "X13": _both(
        "Endings and events look at the whole game, where there are many customers: ask "
        "for any, all, count, average, lowest or highest, or name one: mei.satisfaction.",
        "结局和事件看的是整个游戏，客户不止一位：请用 any、all、count、average、lowest、"
        "highest，或指明一位：mei.satisfaction。",
    ),
    "X20": _both(
        "Points are written as they are: satisfaction >= 60.",
        "分数直接写：satisfaction >= 60。",
    ),
    "L70": _both(
        "The file of locks beside the scenario says which source the translation was made from. "
        "Change the translation; or if it still fits: run.py texts lock SCENARIO ID.",
        "情景旁边的锁定文件记着译文依据的是哪一版原文。请修改译文；若译文仍然合适，运行："
        "run.py texts lock 情景 标识。",
    ),
    "L71": _both(
        "Restore the file from a copy, or delete it and note all translations as current: "
        "run.py texts lock SCENARIO.",
        "请用备份恢复这个文件；或者删掉它，再把全部译文记为最新：run.py texts lock 情景。",
    ),
    "E04": _both(
        "The translation may no longer fit. Export the table again and have the row looked at.",
        "译文可能已不合适。请重新导出表格，让译者再看这一行。",
    ),
    "E61": _both(
        "A step from one version to the next must not change a game. Please report it, with the "
        "file.",
        "版本之间的转换不应改变游戏。请附上文件报告这个问题。",
    ),
}
