"""Messages about how a scenario is told: W its words, C the choices it puts side by side."""

from sim.scenario.messages.forms import Message, note, warning

TELLING: dict[str, Message] = {
    # words
    "W01": warning("there is no Chinese in the Chinese text", "中文里没有汉字"),
    "W02": warning("there is Chinese in the English text", "英文里有汉字"),
    "W03": warning(
        "{value} was left to be filled in; write the text", "{value} 是待补的占位文字，请写上正文"
    ),
    "W04": note(
        "half-width {value} in Chinese; use the full-width sign",
        "中文里用了半角标点 {value}，请改用全角",
    ),
    "W05": note(
        "full-width {value} in English; use the half-width sign",
        "英文里用了全角标点 {value}，请改用半角",
    ),
    "W06": note("a stray space", "多余的空格"),
    "W07": note("{value} has no partner in this text", "这段文字里的 {value} 不成对"),
    "W08": note("{value} stands here twice in a row", "{value} 连写了两遍"),
    "W09": warning(
        "{length} characters; this place of the screen has room for about {limit}",
        "有 {length} 个字符；屏幕上这个位置大约能放 {limit} 个",
    ),
    "W10": note(
        "{en} characters in English, {zh} in Chinese: one of them probably says more",
        "英文 {en} 个字符，中文 {zh} 个：两边说的大概不一样多",
    ),
    "W11": note(
        "{value} gives away the style that is to be guessed", "{value} 直接说出了本该猜的性格"
    ),
    "W12": note("{value} is answered in the same words", "{value} 得到的回答一字不差"),
    "W13": note("{value} is also the title of {other}", "{value} 与 {other} 标题相同"),
    # choices
    "C01": warning(
        "this response does exactly what {value} does; only the words differ",
        "这个回应与 {value} 效果完全相同，只是话不同",
    ),
    "C02": note(
        "{length} characters, the next longest has {limit}: the length gives this response away",
        "有 {length} 个字符，第二长的只有 {limit} 个：这个回应长得显眼",
    ),
    "C03": note(
        "in {count} of {total} choices the best response is the longest; the length gives it away",
        "{total} 处选择中有 {count} 处最好的回应也最长，看长短就能猜中",
    ),
    "C05": note(
        "the other responses are explained in the review (rationale), this one is not",
        "其他回应在复盘里有说明（rationale），这个没有",
    ),
    "C06": note(
        "no response is explained (rationale), so the review cannot say why",
        "没有一个回应写了说明（rationale），复盘时讲不出道理",
    ),
    "C07": note(
        "every response has the tone {value}, so the style does not matter here",
        "每个回应都是 {value} 的口吻，性格在这里不起作用",
    ),
}
