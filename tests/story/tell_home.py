"""What the stories of telling share: a home whose mail goes to the Postfix of tests/fake/mail.sh, its mailboxes, and what was told."""
import email
import email.policy
import glob
import json
import os
import sys

from play import Story


def begin(name):
    """The story, where there is a Postfix; else it ends here."""
    story = Story(name)
    if "WAKER_TEST_MAIL_SMTP" not in os.environ:
        story.skip("mail reaches a mailbox", "no Postfix and Dovecot, or not root")
        story.end()
        sys.exit()
    return story


def deliver_by_mail(home, **more):
    """Sets [mail] and [team] of its waker.conf, as `waker init` wrote it."""
    said = {"name": "Z-CERT", "phone": "+31 33 000 0000", "send": "relay", "relay": f"smtp://127.0.0.1:{os.environ['WAKER_TEST_MAIL_SMTP']}",
            "relay_enforces": "yes", "from": "cert@z.example", "authorities": os.environ["WAKER_TEST_MAIL_CA"], **more}
    with open(f"{home}/waker.conf", encoding="utf-8") as old:
        lines = old.read().splitlines()
    for i, line in enumerate(lines):
        key = line.split(" = ")[0]
        if key in said:
            lines[i] = f"{key} = {said.pop(key)}"
    assert not said, said
    with open(f"{home}/waker.conf", "w", encoding="utf-8") as new:
        new.write("\n".join(lines) + "\n")


def box(address):
    """The mails of a mailbox, oldest first."""
    local, domain = address.split("@")
    mails = []
    for path in sorted(glob.glob(f"{os.environ['WAKER_TEST_MAIL_ROOT']}/{domain}/{local}/new/*"), key=os.path.getmtime):
        with open(path, "rb") as mail:
            mails.append(email.message_from_binary_file(mail, policy=email.policy.default))
    return mails


def part(mail, kind):
    return next((p.get_content() for p in mail.walk() if p.get_content_type() == kind), "")


def everything(mail):
    """All that is in it, decoded: what a reader could find."""
    said = [f"{k}: {v}" for k, v in mail.items()]
    for p in mail.walk():
        if not p.is_multipart():
            content = p.get_content()
            said.append(content if isinstance(content, str) else content.decode())
    return "\n".join(said)


def records(*rows):
    """A file of a feed of play.feed_file."""
    return "when,ip,name,how,port,transport,what\n" + "".join(f"{when},{ip},,,{port},tcp,{what}\n" for when, ip, port, what in rows)


def notices(n, *words):
    return [json.loads(line) for line in n.must("notice", "list", "--json", *words).out.splitlines()]


def shown(n, number):
    """(the notice, its findings, its deliveries)."""
    lines = [json.loads(line) for line in n.must("notice", "show", number, "--json").out.splitlines()]
    return lines[0], [x for x in lines[1:] if "finding" in x], [x for x in lines[1:] if "channel" in x]
