"""The glossary: every concept of the course, searchable in both languages."""

from sim.scenario.texts import ConceptScript, Script
from sim.view.model import GlossaryEntry, GlossaryView
from sim.view.parts import Ref
from sim.view.words import say


def glossary_view(script: Script, lang: str, search: str = "") -> GlossaryView:
    """The concepts whose name, id or text contain what is searched for; names first.

    Args:
        script: of the scenario; its glossary is that of the library.
        lang: of the entries.
        search: any case, either language; empty finds everything.
    """
    wanted = search.strip().casefold()
    entries = [
        (_rank(name, concept, wanted), _entry(script, lang, name, concept))
        for name, concept in script.glossary.concepts.items()
    ]
    found = [entry for rank, entry in sorted(entries, key=lambda each: each[0]) if rank < _MISS]
    title = "glossary.all" if not wanted else "glossary.found" if found else "glossary.none"
    return GlossaryView(
        title=say(lang, title, n=len(found), search=search.strip()), entries=tuple(found)
    )


_MISS = 3


def _rank(name: str, concept: ConceptScript, wanted: str) -> int:
    """0 an exact name, 1 in a name, 2 in a text, 3 nowhere; all the same without a search."""
    names = [name.casefold(), concept.name.en.casefold(), concept.name.zh.casefold()]
    if not wanted or wanted in names:
        return 0
    if any(wanted in each for each in names):
        return 1
    texts = (concept.text.en, concept.text.zh, concept.game.en, concept.game.zh)
    return 2 if any(wanted in text.casefold() for text in texts) else _MISS


def _entry(script: Script, lang: str, name: str, concept: ConceptScript) -> GlossaryEntry:
    concepts = script.glossary.concepts
    return GlossaryEntry(
        id=name,
        name=concept.name.of(lang),
        group=say(lang, f"concepts.{concept.group}"),
        text=concept.text.of(lang),
        game=concept.game.of(lang),
        evidence=concept.evidence.of(lang),
        see=tuple(Ref(each, concepts[each].name.of(lang)) for each in concept.see),
    )
