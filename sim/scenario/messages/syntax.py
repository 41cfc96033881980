"""Messages about the file as such: reading it, its limits, its YAML."""

from sim.scenario.messages.forms import Message, error, warning

SYNTAX: dict[str, Message] = {
    # reading
    "S01": error("there is no such file", "没有这个文件"),
    "S02": error("this is a folder, not a file", "这是文件夹，不是文件"),
    "S03": error("the file cannot be read: {reason}", "无法读取这个文件：{reason}"),
    "S04": error(
        "the file is too big ({size} MB; at most {limit} MB)",
        "文件太大（{size} MB，上限 {limit} MB）",
    ),
    "S05": error("the file is empty", "文件是空的"),
    "S06": error(
        "this is not a text file ({kind}); a scenario is plain text in UTF-8",
        "这不是文本文件（{kind}）；情景文件应为 UTF-8 纯文本",
    ),
    "S07": error(
        "the text is not UTF-8; it looks like GBK. Save the file again as UTF-8",
        "文本不是 UTF-8，看起来是 GBK 编码。请把文件另存为 UTF-8",
    ),
    "S08": error(
        "the text is not UTF-8 ({value} does not belong here). Save the file again as UTF-8",
        "文本不是 UTF-8（此处出现 {value}）。请把文件另存为 UTF-8",
    ),
    "S09": error(
        "an invisible character ({character}) stands here; delete it",
        "这里有一个不可见字符（{character}），请删除",
    ),
    # limits and forbidden YAML
    "S10": error("nested more than {limit} levels deep", "嵌套超过 {limit} 层"),
    "S11": error("more than {limit} values in one file", "一个文件中的值超过 {limit} 个"),
    "S12": error(
        "this text has {length} characters; at most {limit} are allowed",
        "这段文字有 {length} 个字符，最多 {limit} 个",
    ),
    "S13": error(
        "'&{name}' is a YAML anchor, which scenarios do not use; to reuse an entry write extends: "
        "its-id. If it is text, put it in quotes",
        "“&{name}”是 YAML 锚点，情景文件不使用；要复用条目请写 extends: 条目的id。"
        "如果是文字，请加引号",
    ),
    "S14": error(
        "'*{name}' is a YAML alias, which scenarios do not use; to reuse an entry write extends: "
        "its-id. If it is text, put it in quotes",
        "“*{name}”是 YAML 别名，情景文件不使用；要复用条目请写 extends: 条目的id。"
        "如果是文字，请加引号",
    ),
    "S15": error(
        "'<<' (a YAML merge key) is not used here; write extends: its-id",
        "这里不使用“<<”（YAML 合并键）；请写 extends: 条目的id",
    ),
    "S16": error(
        "'{name}' is a YAML tag, which scenarios do not use; if it is text, put it in quotes",
        "“{name}”是 YAML 标签，情景文件不使用；如果是文字，请加引号",
    ),
    "S17": error(
        "a second document begins here (---); keep one scenario in each file",
        "这里开始了第二个文档（---）；每个文件只放一个情景",
    ),
    "S18": error(
        "a line that begins with '%' is a YAML directive, which scenarios do not use; delete it",
        "以“%”开头的行是 YAML 指令，情景文件不使用；请删除",
    ),
    "S19": error(
        "a name is expected before the colon, not a list or a mapping",
        "冒号前应是名称，不能是列表或映射",
    ),
    "S20": error(
        "{value} stands here twice; the first is on line {line}",
        "{value} 重复出现；第一次在第 {line} 行",
    ),
    "S21": error(
        "a scenario is made of 'name: value' lines, this file is not",
        "情景文件由“名称: 值”的行组成，这个文件不是",
    ),
    "S22": error("the name before the colon is missing", "冒号前缺少名称"),
    "S23": error(
        "more than {limit} problems; the rest of the file was not read",
        "问题超过 {limit} 个，文件其余部分未读取",
    ),
    "S24": error("more than {limit} lines in one file", "一个文件超过 {limit} 行"),
    "S25": error(
        "this mark was left by a program that could not merge two versions of the file; keep one "
        "of the versions and delete the marks",
        "这个记号是合并两个版本失败时留下的；请保留其中一个版本，并删除记号",
    ),
    # YAML syntax
    "S30": error(
        "this line cannot be read as YAML ({reason})", "无法按 YAML 读取这一行（{reason}）"
    ),
    "S31": error(
        "a tab is used to indent; use spaces (two for each level)",
        "缩进使用了制表符；请改用空格（每层两个）",
    ),
    "S32": error(
        "a full-width colon '：' follows the name; type ': ' (half-width, then a space)",
        "名称后面是全角冒号“：”；请改成半角冒号加空格“: ”",
    ),
    "S33": error(
        "full-width punctuation {value} is not YAML; type {wanted}",
        "全角标点 {value} 不是 YAML 语法；请改成 {wanted}",
    ),
    "S34": error("a space is missing after the colon", "冒号后面缺少空格"),
    "S35": error(
        "a text that contains ': ' must stand in quotes", "含有“: ”（冒号加空格）的文字必须加引号"
    ),
    "S36": error(
        "a text that begins with {value} must stand in quotes", "以 {value} 开头的文字必须加引号"
    ),
    "S37": error(
        "the text goes on after its closing quote; put all of it in quotes "
        '(inside double quotes write \\" for a quote, or use “ ”)',
        '引号结束后还有文字；请把整段文字放进引号（双引号内的引号写成 \\"，或使用“ ”）',
    ),
    "S38": error("this quote is never closed", "这个引号没有结束"),
    "S39": error(
        "after this bracket a comma or the closing {wanted} is missing",
        "这个括号之后缺少逗号或右括号 {wanted}",
    ),
    "S40": error(
        "the indentation fits no line above; align it with its neighbours",
        "缩进与上面的行都对不上；请与相邻的行对齐",
    ),
    "S41": error(
        "'name: value' is expected here; a colon is missing", "这里应是“名称: 值”，缺少冒号"
    ),
    "S42": error(
        "{value} is not known inside double quotes; write \\\\ for a backslash, or use single "
        "quotes",
        "双引号内不认识 {value}；反斜杠请写成 \\\\，或改用单引号",
    ),
    "S43": error(
        "list items ('- …') and names ('name: …') are mixed at one level",
        "同一层混用了列表项（“- …”）和名称（“名称: …”）",
    ),
    "S44": error("a space is missing after '-'", "“-”后面缺少空格"),
    "S45": error("this closing {value} was never opened", "这个 {value} 没有对应的左括号"),
    "S46": error(
        "after {value} the text must begin on the next line; if {value} belongs to the text, put "
        "all of it in quotes",
        "{value} 之后的文字必须另起一行；如果 {value} 属于文字，请把整段文字加引号",
    ),
    "S47": error(
        "a list must begin on a line of its own, below its name",
        "列表必须另起一行，写在名称下面",
    ),
    "S48": error("between brackets and commas something is missing here", "括号或逗号之间缺少内容"),
    # slips that YAML accepts but reads differently
    "S50": error(
        "the indentation contains a space that is not an ordinary one ({character})",
        "缩进中有特殊空格（{character}）；请改用普通空格",
    ),
    "S51": error("{value} is not a list dash; type '- '", "{value} 不是列表符号；请输入“- ”"),
    "S52": warning(
        "no space follows the '-'; a list item begins with '- '",
        "“-”后面没有空格；列表项以“- ”开头",
    ),
    "S53": warning(
        "an invisible character ({character}) stands here; delete it",
        "这里有一个不可见字符（{character}），请删除",
    ),
    "S54": warning(
        "the text ends before {value}: ' #' begins a comment. Put the text in quotes, or write "
        "'# ' for a comment",
        "文字在 {value} 之前就结束了：“ #”表示注释。请给文字加引号；若是注释请写成“# ”",
    ),
    "S55": warning(
        "this character ({character}) turns the direction of writing; delete it",
        "这个字符（{character}）会改变文字方向，请删除",
    ),
}
