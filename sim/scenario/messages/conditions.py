"""Messages about one-line conditions; the column is that of the faulty part."""

from sim.scenario.messages.forms import Message, error, warning

CONDITIONS: dict[str, Message] = {
    "X01": error(
        "the condition has {length} characters; at most {limit}",
        "条件有 {length} 个字符，最多 {limit} 个",
    ),
    "X02": error(
        "the condition is too complicated (more than {limit} parts)",
        "条件太复杂（超过 {limit} 个部分）",
    ),
    "X03": error(
        "brackets are nested too deep (more than {limit})", "括号嵌套太深（超过 {limit} 层）"
    ),
    "X04": error("{value} cannot stand in a condition", "条件中不能使用 {value}"),
    "X05": error("something is missing after {value}", "{value} 后面缺少内容"),
    "X06": error(
        "{value} is not expected here; an operator such as 'and', '>=' or '+' is missing",
        "{value} 不应出现在这里；缺少“且”“>=”“+”之类的运算符",
    ),
    "X07": error("this bracket is never closed", "这个括号没有结束"),
    "X08": error(
        "{value} is not known here{near}; known: {choices}",
        "这里没有 {value}{near}；可用：{choices}",
    ),
    "X09": error(
        "there is no function {value}{near}; possible: {choices}",
        "没有函数 {value}{near}；可用：{choices}",
    ),
    "X10": error("powers (**) are not possible", "不能使用乘方（**）"),
    "X11": error(
        "there is no customer {value}{near}; one of: {choices}",
        "没有客户 {value}{near}；可用：{choices}",
    ),
    "X12": error(
        "{value} belongs to the whole game, not to a customer; write it alone",
        "{value} 属于整个游戏而不是某个客户；请单独写",
    ),
    "X13": error(
        "{value} differs from customer to customer; write {wanted}, or name one customer: "
        "customer-id.{name}",
        "{value} 因客户而异；请写成 {wanted}，或指明客户：客户id.{name}",
    ),
    "X14": error("a number is needed here; {value} is {found}", "这里需要数字；{value} 是{found}"),
    "X15": error(
        "something true or false is needed here; {value} is {found}",
        "这里需要真假；{value} 是{found}",
    ),
    "X16": error(
        "{value} alone is not a condition; compare it, as in {wanted}",
        "单独的 {value} 不是条件；请比较，如 {wanted}",
    ),
    "X17": error(
        "{value} is not {noun}{near}; one of: {choices}",
        "{value} 不是{noun}{near}；可用：{choices}",
    ),
    "X18": error(
        "any, all, count … cannot stand inside one another", "any、all、count 等不能互相嵌套"
    ),
    "X19": error(
        "{value} looks over the customers, so something of a customer must stand in the brackets",
        "{value} 逐个查看客户，括号里必须有客户的属性",
    ),
    "X20": error(
        "{name} runs from {low} to {high}: write {wanted}, without %",
        "{name} 的范围是 {low} 到 {high}：请写 {wanted}，不要 %",
    ),
    "X21": error("the condition is empty", "条件是空的"),
    "X22": error(
        "{value} can only be compared with is, is not, = or in",
        "{value} 只能用“是”“不是”“=”或 in 比较",
    ),
    "X23": error("this quote is never closed", "这个引号没有结束"),
    "X24": error("after 'in' a list is expected: [a, b]", "“in”后面应是列表：[a, b]"),
    "X25": error("{value} needs brackets: {value}(…)", "{value} 需要括号：{value}(…)"),
    "X26": error("this bracket was never opened", "这个括号没有对应的左括号"),
    "X27": error(
        "after the dot a property of a customer is expected{near}; one of: {choices}",
        "点号后面应是客户的属性{near}；可用：{choices}",
    ),
    "X28": error("a list can only stand after 'in'", "列表只能写在“in”之后"),
    "X29": error(
        "{value} is a customer; say what of it is meant, as in {wanted}",
        "{value} 是客户；请写明是它的什么，如 {wanted}",
    ),
    "L09": warning("this can never be true", "这个条件永远不会成立"),
    "L10": warning("this is always true", "这个条件总是成立"),
}
