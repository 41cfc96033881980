"""Messages about what goes out of a scenario and comes back: edits, tables of texts, sheets."""

from sim.scenario.messages.forms import Message, error, note, warning

EXCHANGE: dict[str, Message] = {
    # tables of texts
    "E01": error(
        "the file is no table of texts: its first row must be: id, source:en, translation:zh, lock",
        "这个文件不是文字表：首行应为 id、source:en、translation:zh、lock",
    ),
    "E02": error("the file cannot be read: {reason}", "文件无法读取：{reason}"),
    "E03": error("there is no text {value} in the scenario{near}", "情景里没有文字 {value}{near}"),
    "E04": warning(
        "stale: the source of {value} was changed after the table was made; not applied",
        "已过时：文字表导出后，{value} 的原文改过；没有采用",
    ),
    "E05": error(
        "the placeholders of {value} differ: {en} in English, {zh} in Chinese; not applied",
        "{value} 的占位符不一致：英文中是 {en}，中文中是 {zh}；没有采用",
    ),
    "E06": error("{value} stands in the table twice", "{value} 在表中出现了两次"),
    "E07": error(
        "a table ends in .csv or .xlsx, unlike {value}",
        "表格文件以 .csv 或 .xlsx 结尾，而不是 {value}",
    ),
    "E08": error(
        "spreadsheets need the package openpyxl; install it with: pip install openpyxl",
        "读写电子表格需要 openpyxl，安装命令：pip install openpyxl",
    ),
    # locks of translations
    "L70": warning(
        "stale: the source was changed after this translation was made",
        "已过时：这条译文完成之后，原文改过",
    ),
    "L71": note(
        "the locks of the translations, {value}, cannot be read; what is stale is not known",
        "译文的锁定文件 {value} 无法读取，因此不知道哪些译文已过时",
    ),
    # sheets
    "E20": error("the sheet {value} is missing", "缺少工作表 {value}"),
    "E21": error(
        "sheet {sheet}, column {column}: there is no field {value}{near}",
        "工作表 {sheet} 第 {column} 列：没有字段 {value}{near}",
    ),
    "E22": error("sheet {sheet}: the column {value} is missing", "工作表 {sheet}：缺少 {value} 列"),
    "E23": error(
        "sheet {sheet}, row {line}, column {column}: an id is wanted here, not {value}: lower-case "
        "letters, digits, _ and -, a letter first",
        "工作表 {sheet} 第 {line} 行第 {column} 列：这里要写标识，而不是 {value}："
        "用小写字母、数字、_ 和 -，以字母开头",
    ),
    "E24": error(
        "sheet {sheet}, row {line}, column {column}: {value} stands here a second time",
        "工作表 {sheet} 第 {line} 行第 {column} 列：{value} 重复出现",
    ),
    "E25": error(
        "sheet {sheet}, row {line}, column {column}: there is no {value} that this could belong to",
        "工作表 {sheet} 第 {line} 行第 {column} 列：没有可归入的 {value}",
    ),
    "E26": error(
        "sheet {sheet}, row {line}, column {column}: a date or time stands here; format the cell "
        "as text and write it anew",
        "工作表 {sheet} 第 {line} 行第 {column} 列：这里是日期或时间；请把单元格设为文本后重写",
    ),
    "E27": error(
        "sheet {sheet}, row {line}, column {column}: a formula or its error stands here; paste its "
        "value instead",
        "工作表 {sheet} 第 {line} 行第 {column} 列：这里是公式或公式错误；请改为粘贴数值",
    ),
    "E28": error(
        "sheet {sheet}, row {line}, column {column}: {told}",
        "工作表 {sheet} 第 {line} 行第 {column} 列：{told}",
    ),
    "E29": note(
        "sheet {sheet}: {value} is in the scenario but not in the sheet, and was kept; --remove "
        "takes it out",
        "工作表 {sheet}：情景里有 {value}，表中没有；已保留。要删除请加 --remove",
    ),
    "E30": error(
        "sheet {sheet}, column {column}: the column {value} stands here a second time",
        "工作表 {sheet} 第 {column} 列：{value} 列重复出现",
    ),
    # edits
    "E90": error(
        "this field cannot be edited: it is not there, or not there alone",
        "这个字段无法修改：它不存在，或不是单独一项",
    ),
    "E91": error(
        "this cannot be written here without touching something else; edit it by hand",
        "在这里写入会影响别处，请手工修改",
    ),
    "E92": error("the file cannot be written", "文件无法写入"),
    # versions
    "E60": error(
        "there is no way from version {value} to version {limit}",
        "无法从第 {value} 版转换到第 {limit} 版",
    ),
    "E61": error(
        "the bots' scores differ before and after: {found}; nothing was written",
        "转换前后策略代打的得分不同：{found}；没有写入",
    ),
}
