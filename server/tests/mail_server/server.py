"""A mail server for tests: aiosmtpd, which does at each step what it was told to.

Started by `mod.rs` beside this file. It listens on a free port of this machine, is told things by
lines of JSON on its standard input, and tells by lines of JSON on its standard output:

  told    {"rule": {"at": STEP, "do": WHAT, "to": ADDRESS, "times": N}}, `to` and `times` may miss
          {"forget": true}   no rule any more
          {"go": true}       whoever stalls goes on
          {"listen": false}  connections are refused, those there are end; true: back again
          {"nothing": true}  only to be answered, after everything that was told before
  tells   {"port": N} first, {"told": true} for each line, and {"at": STEP, "line": N, "tls": BOOL, ...}

Steps are CONNECT, EHLO, AUTH, MAIL, RCPT, DATA, INSIDE (some of the text is there), WHOLE (all of it
is there, nothing was answered), TAKEN (its 250 goes out), QUIT and GONE. WHAT is a reply, `close` or
`stall`. It ends with its standard input.
"""

import asyncio
import email
import email.policy
import json
import logging
import socket
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult


def say(**what):
    print(json.dumps(what), flush=True)


class Rules:
    def __init__(self):
        self.rules = []
        self.go = asyncio.Event()

    def meet(self, at, to):
        for rule in self.rules:
            if rule["at"] != at or rule.get("to", to) != to or rule.get("times") == 0:
                continue
            if "times" in rule:
                rule["times"] -= 1
            return rule["do"]
        return None


class Line(SMTP):
    """One connection."""

    count = 0
    open = set()

    def __init__(self, rules, wrapped, **settings):
        super().__init__(Inbox(), hostname="mail.example.ma", **settings)
        self.rules, self.wrapped = rules, wrapped
        Line.count += 1
        self.number, self.to = Line.count, None
        Line.open.add(self)

    def tell(self, at, **more):
        tls = self.wrapped or (self.session is not None and self.session.ssl is not None)
        say(at=at, line=self.number, tls=tls, **more)

    async def met(self, at, **more):
        """Tells of a step; answers whether a rule has dealt with it."""
        self.tell(at, **more)
        return await self.act(self.rules.meet(at, self.to))

    async def act(self, what):
        if what is None:
            return False
        if what == "stall":
            await self.rules.go.wait()
            return False
        if what != "close":
            await self.push(what)
        if what == "close" or what.startswith("421"):
            self.transport.close()
            # Until this is noticed.
            await asyncio.Event().wait()
        return True

    async def _handle_client(self):
        if not await self.met("CONNECT"):
            await super()._handle_client()

    def connection_lost(self, error):
        if self in Line.open:
            Line.open.remove(self)
            self.tell("GONE")
        super().connection_lost(error)

    async def smtp_EHLO(self, arg):
        if not await self.met("EHLO", name=arg):
            await super().smtp_EHLO(arg)

    async def smtp_AUTH(self, arg):
        if not await self.met("AUTH"):
            await super().smtp_AUTH(arg)

    async def smtp_MAIL(self, arg):
        if not await self.met("MAIL"):
            await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg):
        self.to = arg.partition("<")[2].rpartition(">")[0]
        if not await self.met("RCPT", to=self.to):
            await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg):
        if await self.met("DATA", to=self.to):
            return
        inside = self.rules.meet("INSIDE", self.to)
        if inside is not None:
            await self.push("354 go on")
            await self._reader.readuntil(b"\r\n")
            self.tell("INSIDE", to=self.to)
            if await self.act(inside):
                return
        await super().smtp_DATA(arg)

    async def smtp_QUIT(self, arg):
        if not await self.met("QUIT"):
            await super().smtp_QUIT(arg)


class Inbox:
    """What aiosmtpd asks once a text is there."""

    async def handle_DATA(self, line, session, envelope):
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        known = {"to": line.to, "id": mail["Message-ID"]}
        text = mail.get_body(("plain",)).get_content()
        line.tell("WHOLE", **known, subject=mail["Subject"], text=text)
        what = line.rules.meet("WHOLE", line.to)
        if what in (None, "stall", "close"):
            await line.act(what)
            what = "250 2.0.0 taken"
        if what.startswith("2"):
            line.tell("TAKEN", **known)
        return what


def bound(port):
    one = socket.socket()
    one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    one.bind(("127.0.0.1", port))
    return one


async def main(mode, certificate):
    # A handshake that fails is what some tests want.
    logging.disable(logging.CRITICAL)
    rules, settings, wrapped = Rules(), {}, None
    if mode != "plain":
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        if mode == "starttls":
            settings["tls_context"] = context
        else:
            wrapped = context

    def line():
        return Line(
            rules,
            wrapped is not None,
            authenticator=lambda *_: AuthResult(success=True),
            auth_require_tls=False,
            **settings,
        )

    loop = asyncio.get_running_loop()
    # Keeps the port while nobody listens: connections are refused, and nobody else gets it.
    keeper = bound(0)
    port = keeper.getsockname()[1]
    listening = await loop.create_server(line, sock=bound(port), ssl=wrapped)
    say(port=port)
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while text := await reader.readline():
        told = json.loads(text)
        if "rule" in told:
            rules.rules.append(told["rule"])
        elif "forget" in told:
            rules.rules.clear()
        elif "go" in told:
            rules.go.set()
            rules.go = asyncio.Event()
        elif "nothing" in told:
            pass
        elif told["listen"]:
            listening = await loop.create_server(line, sock=bound(port), ssl=wrapped)
        else:
            listening.close()
            for one in list(Line.open):
                one.transport.abort()
        say(told=True)


asyncio.run(main(*(sys.argv[1:] or ["plain", None])))
