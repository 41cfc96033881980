"""Messages about what can be played: O openings and endings, P people, M means and effects."""

from sim.scenario.messages.forms import Message, note, warning

PLAYING: dict[str, Message] = {
    # openings and endings
    "O01": warning(
        "this can never be true: it waits for {value}, which cannot happen before it",
        "这个条件永远不会成立：它要等 {value}，而 {value} 不可能先发生",
    ),
    "O02": warning(
        "in no turn of the game can this be true", "在这一局的任何回合，这个条件都不可能成立"
    ),
    "O03": warning("{value} is always true and can be left out", "{value} 总是成立，可以不写"),
    "O04": warning("{value} can never be true", "{value} 永远不会成立"),
    "O05": warning(
        "this ending can never be told: {value}, or one before it, takes every such game",
        "这个结局永远不会出现：这样的局都已归入 {value} 或它前面的结局",
    ),
    "O06": warning(
        "this never opens: {value} is not in the game yet", "永远不会出现：那时 {value} 还没有登场"
    ),
    "O07": warning(
        "nothing ever brings this customer into the game", "没有任何事情会让这位客户登场"
    ),
    "O08": warning(
        "this never opens: {value} begins as {name} and comes into none of these statuses",
        "永远不会出现：{value} 开局时是 {name}，不会变成这里的任何状态",
    ),
    "O09": note(
        "it is fixed for one turn, so it cannot repeat", "它固定在某一回合，重复（repeat）不起作用"
    ),
    "O10": warning("with a chance of 0 this never happens", "可能性为 0，永远不会发生"),
    "O11": warning(
        "{name} has no effect here: it belongs to the other kind of who",
        "{name} 在这里不起作用：它属于另一种 who",
    ),
    "O12": warning(
        "this promise falls due after turn {limit}, the last; it is never kept nor broken",
        "这个承诺要在第 {limit} 回合（最后一回合）之后才兑现，永远等不到结果",
    ),
    "O13": warning(
        "{value} is asked for, but nothing ever changes it", "问到了 {value}，但没有任何东西改变它"
    ),
    "O14": note(
        "{value} is changed, but nothing ever asks for it", "{value} 会改变，但没有任何条件问到它"
    ),
    "O15": warning(
        "this never opens: in the last turn its customer already speaks in {value}",
        "永远不会出现：最后一回合这位客户已经在 {value} 里说话了",
    ),
    # people
    "P01": warning(
        "nothing lets the trainee guess this style: no clue, and nothing on offer reveals it",
        "学员无从猜出这个性格：没有线索（clue），也没有行动能了解到",
    ),
    "P02": warning(
        "the clue speaks of {value}, but whoever speaks is {wanted}",
        "线索指向 {value}，而说话的人是 {wanted}",
    ),
    "P03": warning(
        "the prior rules out {value}, which is the truth", "先验把真实的性格 {value} 排除了"
    ),
    "P04": note(
        "the style is known from the start, so this prior has no effect",
        "性格一开始就已知，这个先验不起作用",
    ),
    "P05": warning(
        "there is no portrait {value}{near}; there are: {choices}",
        "没有头像 {value}{near}；现有：{choices}",
    ),
    "P06": warning(
        "there is no icon {value}{near}; some there are: {choices}",
        "没有图标 {value}{near}；例如：{choices}",
    ),
    "P07": note("{value} is also the portrait of {other}", "{value} 也是 {other} 的头像"),
    "P08": warning(
        "nothing on offer can be done for this customer, who never speaks either",
        "没有任何行动可用于这位客户，他也从不开口",
    ),
    "P09": note(
        "nothing on offer appeals to the motive {value}", "没有任何行动或回应投合动机 {value}"
    ),
    "P10": note(
        "nobody can ever know {value}, on which this builds", "它所依据的 {value} 无从了解"
    ),
    "P11": note("{value} says the same already", "{value} 已经这样写了"),
    # means and effects
    "M01": warning(
        "this response can never be afforded: up to here {hours} h and {money} of money are spent; "
        "a turn has {limit} h, the game {purse} of money",
        "这个回应永远负担不起：到这一步共需 {hours} 小时和 {money} 资金，"
        "而每回合最多 {limit} 小时，全局只有 {purse} 资金",
    ),
    "M02": warning(
        "{value} can never be done: what it needs ({name}) cannot come about",
        "{value} 永远做不了：它要求的 {name} 无法达到",
    ),
    "M03": warning(
        "{count} customers, {hours} h for the quickest action, {limit} h in the whole game: not "
        "everybody can be seen even once",
        "有 {count} 位客户，最快的行动要 {hours} 小时，而整局只有 {limit} 小时：没法每人见一次",
    ),
    "M04": note(
        "{limit} h are enough to do everything in every turn; nothing has to be chosen",
        "{limit} 小时足够每回合把一切都做完，不必取舍",
    ),
    "M05": note("{value} does not count with a share of 0", "{value} 的比例是 0，不计分"),
    "M06": warning("{name} has no effect without {wanted}", "没有 {wanted}，{name} 不起作用"),
    "M07": warning(
        "{value} is announced, but nothing in the scenario teaches it",
        "预告要讲 {value}，但情景里没有任何地方讲到",
    ),
    "M08": note("{value} stands in this list twice", "{value} 在这个列表里出现两次"),
    "M09": note("{value} is what the library says already", "{value} 与库中的值相同"),
    "M10": warning(
        "nothing takes the earlier step {value}, so this one is always out of order",
        "没有任何行动或回应走前面的 {value} 这一步，所以这一步总是乱了次序",
    ),
    "M11": note("nothing of {value} is offered", "没有提供 {value} 里的任何内容"),
    "M12": note(
        "a pause of {value} turns is longer than the game ({limit}); it can be done once",
        "间隔 {value} 回合比整局（{limit} 回合）还长，只能做一次",
    ),
    "M13": warning(
        "the kind is {value}, but {other} is a firm with people",
        "类型是 {value}，但 {other} 是有人物的企业",
    ),
    "M14": warning(
        "the kind is {value}, but there are only consumers", "类型是 {value}，但这里只有散客"
    ),
}
