"""A crawl as units of systemd: a service that may do little else, and a timer that starts it.

What the service is kept from is listed in systemd.exec(5). It writes under the output folder only;
the checkout is read-only to it, so that the first start after an upgrade, which installs packages, is
made by hand.
"""

from __future__ import annotations

import re
from pathlib import Path

from crawler.cli.job import Job
from crawler.cli.options import CHECKOUT

_SERVICE = """\
[Unit]
Description=citynews: crawl of {name}
Wants=network-online.target
After=network-online.target
RequiresMountsFor={output}

[Service]
Type=oneshot
{user}ExecStart={command}
# What an unexpected error leaves to be reported would vanish with a private /tmp.
Environment={tmpdir}
UMask=0022
Nice=10
IOSchedulingClass=idle
# TERM ends a run in good order, with what was captured sealed and committed.
KillMode=mixed
TimeoutStopSec=15min

NoNewPrivileges=yes
CapabilityBoundingSet=
ProtectSystem=strict
ReadWritePaths={output}
ProtectHome=read-only
{private_tmp}PrivateDevices=yes
ProtectProc=invisible
ProtectClock=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectControlGroups=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
RemoveIPC=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallErrorNumber=EPERM
"""
_TIMER = """\
[Unit]
Description=citynews: when {name} is crawled

[Timer]
OnCalendar=*-*-* {hours}:{minute:02}:00
AccuracySec=1min
# A run that was missed while the machine was off is made up for.
Persistent=true

[Install]
WantedBy=timers.target
"""


def units(job: Job) -> dict[str, str]:
    """The two files by name. No word is shown to a shell."""
    output = _word(str(job.output))
    private = not any(_under_tmp(path) for path in (job.output, CHECKOUT))
    service = _SERVICE.format(
        name=job.name,
        user=_user(job.output),
        output=output,
        tmpdir=_word(f"TMPDIR={job.output}"),
        command=" ".join(_word(word).replace("$", "$$") for word in job.command),
        private_tmp="PrivateTmp=yes\n" if private else "",
    )
    hours = ",".join(f"{hour:02}" for hour in job.times.hours)
    timer = _TIMER.format(name=job.name, hours=hours, minute=job.times.minute)
    return {f"citynews-{job.name}.service": service, f"citynews-{job.name}.timer": timer}


def _word(text: str) -> str:
    """A word as systemd.syntax(7) quotes it; a percent sign would begin a specifier."""
    text = text.replace("%", "%%")
    if re.fullmatch(r"[\w@%+=:,./-]+", text):
        return text
    return '"' + re.sub(r'["\\]', r"\\\g<0>", text) + '"'


def _user(output: Path) -> str:
    """The line that runs the service as the owner of the output folder; none where that is root."""
    try:
        owner = output.owner()
    except KeyError:  # a number without a name
        owner = str(output.stat().st_uid)
    return "" if owner == "root" else f"User={owner}\n"


def _under_tmp(path: Path) -> bool:
    return any(path.is_relative_to(folder) for folder in ("/tmp", "/var/tmp"))
