"""Messages about fields: their names, types, ranges, and what they refer to."""

from sim.scenario.messages.forms import Message, error

FIELDS: dict[str, Message] = {
    "T01": error(
        "there is no such field here{near}; possible: {choices}",
        "这里没有这个字段{near}；可用：{choices}",
    ),
    "T02": error("{field} is missing", "缺少 {field}"),
    "T03": error(
        "{value} is not {noun}{near}; one of: {choices}",
        "{value} 不是{noun}{near}；可用：{choices}",
    ),
    "T04": error("{value} is not a number", "{value} 不是数字"),
    "T05": error("{value} is not a whole number", "{value} 不是整数"),
    "T06": error("{value} is neither true nor false", "{value} 既不是 true 也不是 false"),
    "T07": error("a text is expected here, not {found}", "这里应是文字，而不是{found}"),
    "T08": error(
        "indented 'name: value' lines are expected here, not {found}",
        "这里应是缩进的“名称: 值”行，而不是{found}",
    ),
    "T09": error(
        "a list ('- …' lines) is expected here, not {found}",
        "这里应是列表（“- …”行），而不是{found}",
    ),
    "T10": error("{value} must be more than {limit}", "{value} 必须大于 {limit}"),
    "T11": error("{value} is below {limit}, the least allowed", "{value} 低于下限 {limit}"),
    "T12": error("{value} must be less than {limit}", "{value} 必须小于 {limit}"),
    "T13": error("{value} is above {limit}, the most allowed", "{value} 高于上限 {limit}"),
    "T14": error(
        "the text is too short (at least {limit} characters)", "文字太短（至少 {limit} 个字符）"
    ),
    "T15": error(
        "the text is too long (at most {limit} characters)", "文字太长（最多 {limit} 个字符）"
    ),
    "T16": error(
        "{value} does not have the right form; an id has small letters, digits, '-' and '_' and "
        "begins with a letter",
        "{value} 的形式不对；id 只含小写字母、数字、“-”和“_”，并以字母开头",
    ),
    "T17": error(
        "too few entries: {count}, at least {limit}", "条目太少：{count} 个，至少 {limit} 个"
    ),
    "T18": error(
        "too many entries: {count}, at most {limit}", "条目太多：{count} 个，最多 {limit} 个"
    ),
    "T19": error("{value} is not a finite number", "{value} 不是有限的数"),
    "T20": error(
        "it is not clear which kind this is; possible: {choices}",
        "无法判断这是哪一种；可用：{choices}",
    ),
    "T21": error("a number is expected here, not {found}", "这里应是数字，而不是{found}"),
    "T22": error("{value} must be a multiple of {limit}", "{value} 必须是 {limit} 的倍数"),
    "T23": error(
        "nothing stands after the colon; expected: {wanted}", "冒号后面是空的；应填{wanted}"
    ),
    "T24": error(
        "{value} stands in quotes; write the number without them",
        "{value} 带有引号；数字请不要加引号",
    ),
    "T25": error(
        "{value} is a percentage, but this field counts in its own unit; write {wanted}",
        "{value} 是百分数，但这个字段用自己的单位；请写 {wanted}",
    ),
    "T26": error(
        "{value} is not a number: write thousands without a separator",
        "{value} 不是数字：千位请不要加分隔符",
    ),
    "T27": error(
        "true or false is expected here, not {found}", "这里应是 true 或 false，而不是{found}"
    ),
    "T28": error("a whole number is expected here, not {found}", "这里应是整数，而不是{found}"),
    "T29": error("{value} has too many digits", "{value} 的位数太多"),
    "T98": error("{reason}", "{reason}"),
    "T99": error("this value does not fit here ({reason})", "这个值不适合这里（{reason}）"),
    "R01": error(
        "there is no {kind} {value}{near}; one of: {choices}",
        "没有{kind} {value}{near}；可用：{choices}",
    ),
    "R02": error("{value} refers to itself: {chain}", "{value} 引用了自己：{chain}"),
    "R05": error(
        "too long a chain: more than {limit} entries take from one another",
        "引用链太长：超过 {limit} 个条目依次引用",
    ),
    "R03": error(
        "there is no library {value}{near}; one of: {choices}",
        "没有库 {value}{near}；可用：{choices}",
    ),
}
