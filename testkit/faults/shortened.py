"""The repository's alert rules and scrape configuration, for trials: times pass faster, and nothing else differs."""

import re

FASTER = 30
FASTER_BY_ALERT = {
    # Three starts of the stream must fit into the time that it looks back, also on a slow machine.
    "PlaylogStreamRestarting": 6,
    # It takes as long as no report comes to its end.
    "PlaylogHourOverdue": 60,
}
INTERVAL = "1s"
SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
SHORTEST_SECONDS = 60
"""A bare number in an expression is one of seconds from here on; smaller ones are shares and counts."""
NUMBER = re.compile(r"(?<![\w.])(\d+)([smhd]?)(?![\w.])")


def rules(text: str) -> str:
    """Alert rules with all times of `for` and `expr` divided, by FASTER or the alert's own."""
    head, *parts = re.split(r"(?=^ +- alert: )", text, flags=re.MULTILINE)
    return "".join([head, *map(_rule, parts)])


def _rule(text: str) -> str:
    name, indentation = text.split()[2], text.index("-") + 2
    faster = FASTER_BY_ALERT.get(name, FASTER)
    # A value ends where the rule's next key begins.
    value = rf"^ {{{indentation}}}(?:expr|for):.*?(?=^ {{0,{indentation}}}\S|\Z)"
    return re.sub(value, lambda found: _divided(found[0], faster), text, flags=re.DOTALL | re.MULTILINE)


def _divided(text: str, faster: int) -> str:
    def number(found: re.Match) -> str:
        count, unit = int(found[1]), found[2]
        if unit:
            return f"{round(1000 * count * SECONDS[unit] / faster)}ms"
        return f"{count / faster:g}" if count >= SHORTEST_SECONDS else found[0]

    return NUMBER.sub(number, text)


def scrape_configuration(text: str, ports: dict[str, str]) -> str:
    """Asks at these ports of this machine, by job, and every second; `rule_files` stays a file's name beside it."""
    text = re.sub(r"^( +\w+_interval:) \w+$", rf"\1 {INTERVAL}", text, flags=re.MULTILINE)
    for job, port in ports.items():
        target = re.compile(rf'(?<=job_name: {job}\n)(.*?targets: \[")[^"]*', re.DOTALL)
        text, replaced = target.subn(rf"\g<1>127.0.0.1:{port}", text, count=1)
        if not replaced:
            raise ValueError(f"no job {job} with a target in the scrape configuration")
    return text
