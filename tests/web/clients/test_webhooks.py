"""Webhooks: told after the fact, signed, to addresses that may be told, again until heard."""

from __future__ import annotations

import http.server
import ipaddress
import socket
import ssl
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.apps import apps

from lianfang.client import verify_webhook
from lianfang.errors import InputError
from postgres import session

CLOSED = [
    "127.0.0.1", "0.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "239.1.1.1", "240.0.0.1",
    "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "2001:db8::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2002:a00:1::",
    "::7f00:1", "2001:0:7f00:1::",
]  # fmt: skip
PUBLIC = ["93.184.216.34", "1.1.1.1", "2606:4700:4700::1111", "::ffff:1.1.1.1", "2002:101:101::"]
EVENTS = ("alert.raised", "alert.decided", "delivery.ended")


class Receiver:
    """A server that takes what it's sent, and answers as it's told."""

    def __init__(self, status=204, context=None, headers=(), seconds=0):
        outer, self.got = self, []

        class Takes(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.got.append((self.path, dict(self.headers), body))
                if seconds:
                    self._drip()
                    return
                self.send_response(status)
                for name, value in headers:
                    self.send_header(name, value)
                self.end_headers()

            def _drip(self):
                end = time.monotonic() + seconds
                while time.monotonic() < end:
                    try:
                        self.wfile.write(b"H")
                        self.wfile.flush()
                    except OSError:
                        return
                    time.sleep(0.05)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Takes)
        if context:
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.port = self.server.server_port

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def wait(self, text, times=1, seconds=60):
        """What it got whose body has a text, when there is enough of it."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            found = [one for one in self.got if text in one[2]]
            if len(found) >= times:
                return found
            time.sleep(0.1)
        raise AssertionError(f"got {self.got}")


@pytest.fixture(scope="module")
def working(loaded):
    """This process, one of the site's, may send as a worker does."""
    rights = "UPDATE (state) ON clients_notice", "INSERT ON clients_attempt"
    with session(loaded, "owner") as owner:
        for right in rights:
            owner.execute(f"GRANT {right} TO lianfang_staff")
        owner.commit()
        yield
        for right in rights:
            owner.execute(f"REVOKE {right} FROM lianfang_staff")
        owner.commit()


@pytest.fixture
def here(working, settings_of):
    """Webhooks may go to this machine, without TLS."""
    settings_of(WEBHOOK_NETWORKS=[ipaddress.ip_network("127.0.0.0/8")], WEBHOOK_HTTP=True)


@pytest.fixture
def settings_of(db, monkeypatch):
    from django.conf import settings

    def settings_of(**changed):
        for name, value in changed.items():
            monkeypatch.setattr(settings, name, value)

    return settings_of


@pytest.fixture
def endpoint(person):
    """Return a function: an endpoint that is told everything, and its secret."""
    from lianfang.web.clients.services import add_endpoint

    def endpoint(url, events=EVENTS, purposes=("governance",)):
        return add_endpoint(url=url, events=events, purposes=purposes, user=person("compliance"))

    return endpoint


def notices(of):
    return apps.get_model("clients.Notice").objects.filter(endpoint=of)


def test_what_happened_is_told_signed_and_without_personal_data(here, endpoint):
    from lianfang.web.clients.sending import attempt
    from lianfang.web.clients.services import announce

    with Receiver() as receiver:
        made, secret = endpoint(f"http://127.0.0.1:{receiver.port}/in?x=1")
        announce(event="alert.raised", purpose="governance", numbers=[7, 8])
        announce(event="alert.raised", purpose="complaints", numbers=[9])
        [second, first] = notices(made)
        assert attempt(notice=first, last=False)
    [(path, headers, body)] = receiver.got
    assert path == "/in?x=1"
    event = verify_webhook(headers, body, secret)
    assert (event.type, event.data) == ("alert.raised", {"alert": 7})
    assert first.state == "sent"
    assert second.state == "waiting"
    assert first.attempts.get().status == 204
    assert secret.encode() not in bytes(made.secret)


def test_a_job_waits_for_each_notice(here, endpoint):
    from procrastinate.contrib.django.models import ProcrastinateJob

    from lianfang.web.clients.services import announce

    made, _ = endpoint("http://127.0.0.1:1/")
    announce(event="delivery.ended", purpose="governance", numbers=[3])
    jobs = ProcrastinateJob.objects.filter(queue_name="webhooks", status="todo")
    assert [job.args for job in jobs] == [{"notice": notices(made).get().pk}]


def test_an_endpoint_hears_no_more_than_its_maker_may(here, endpoint, person):
    from lianfang.web.clients.services import announce

    made, _ = endpoint("http://127.0.0.1:1/")
    user = person("compliance")
    user.purposes = ["complaints"]
    user.save()
    announce(event="alert.raised", purpose="governance", numbers=[7])
    assert not notices(made).exists()


def test_decisions_and_ends_are_told(here, endpoint, sees_all, person):
    from lianfang.web.alerts.services import decide

    made, _ = endpoint("http://127.0.0.1:1/")
    alert = apps.get_model("alerts.Alert").objects.filter(purpose="governance").first()
    decide(alert_id=alert.pk, after="unsure", reason="", user=person("compliance"))
    assert [(one.event, one.object) for one in notices(made)] == [("alert.decided", alert.pk)]


@pytest.mark.parametrize("status", [199 + 101, 302, 404, 500])
def test_anything_but_success_is_not_heard_and_redirects_lead_nowhere(here, endpoint, status):
    from lianfang.web.clients.sending import attempt
    from lianfang.web.clients.services import try_endpoint

    with Receiver() as elsewhere:
        to = [("Location", f"http://127.0.0.1:{elsewhere.port}/")]
        with Receiver(status=status, headers=to) as receiver:
            made, _ = endpoint(f"http://127.0.0.1:{receiver.port}/")
            try_endpoint(endpoint=made)
            notice = notices(made).get()
            assert not attempt(notice=notice, last=False)
            assert notice.state == "waiting"
            assert not attempt(notice=notice, last=True)
            assert notice.state == "failed"
        assert [one.status for one in notice.attempts.all()] == [status, status]
        assert elsewhere.got == []


def test_a_closed_endpoint_is_told_nothing_that_still_waits(here, endpoint, person):
    from lianfang.web.clients.sending import attempt
    from lianfang.web.clients.services import close_endpoint, try_endpoint

    with Receiver() as receiver:
        made, _ = endpoint(f"http://127.0.0.1:{receiver.port}/")
        try_endpoint(endpoint=made)
        close_endpoint(endpoint_id=made.pk, user=person("administrator"))
        made.refresh_from_db()
        notice = notices(made).get()
        assert attempt(notice=notice, last=False)
    assert (receiver.got, notice.state) == ([], "failed")


@pytest.mark.parametrize("address", CLOSED)
def test_an_address_inside_is_closed(place, address):
    from lianfang.web.clients.addresses import ClosedAddressError, check, checked_url

    with pytest.raises(ClosedAddressError):
        check(ipaddress.ip_address(address))
    host = f"[{address}]" if ":" in address else address
    with pytest.raises(ClosedAddressError):
        checked_url(f"https://{host}/")


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_open(place, address):
    from lianfang.web.clients.addresses import check

    check(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "url",
    ["http://example.com/", "ftp://example.com/", "https://", "https:///x", "example.com",
     "https://user:pw@example.com/", "https://example.com/#x", "https://例子.com/", "https://a b/",
     "https://a.example/\r\nHost: b", "https://a.example:99999/", "https://[::1/", "",
     "https://a.example/" + "x" * 500, "file:///etc/passwd"],
)  # fmt: skip
def test_what_is_no_address_of_an_endpoint(place, url):
    from lianfang.web.clients.addresses import checked_url

    with pytest.raises(InputError):
        checked_url(url)


@pytest.mark.parametrize("host", ["127.1", "2130706433", "0x7f000001", "localhost", "0"])
def test_a_name_of_this_machine_is_closed_however_it_is_written(place, host):
    from lianfang.web.clients.addresses import ClosedAddressError
    from lianfang.web.clients.posting import post

    with pytest.raises(ClosedAddressError):
        post(f"https://{host}/", b"{}", {})


def answers(*addresses):
    """A resolver that gives other addresses each time it's asked."""
    left = list(addresses)

    def resolve(host, port, *_, **__):
        found = left.pop(0)
        kind = socket.AF_INET6 if ":" in found[0] else socket.AF_INET
        return [(kind, socket.SOCK_STREAM, 6, "", (one, port)) for one in found]

    return resolve


def test_one_closed_address_of_several_is_enough(place, monkeypatch):
    from lianfang.web.clients import addresses

    monkeypatch.setattr(socket, "getaddrinfo", answers(["1.1.1.1", "10.0.0.1"]))
    with pytest.raises(addresses.ClosedAddressError):
        addresses.addresses("hook.example", 443)


def test_a_name_that_changes_its_address_is_not_followed(here, monkeypatch):
    """DNS rebinding: the resolver is asked once, and what it said first is what is told."""
    from lianfang.web.clients.posting import post

    with Receiver() as receiver:
        asked = []
        resolve = answers(["127.0.0.1"], ["10.9.9.9"])

        def once(*args, **options):
            asked.append(args)
            # An address needs no resolver: `create_connection` asks for it in this form.
            numeric = args[0] == "127.0.0.1"
            return answers(["127.0.0.1"])(*args) if numeric else resolve(*args, **options)

        monkeypatch.setattr(socket, "getaddrinfo", once)
        assert post(f"http://hook.example:{receiver.port}/", b"{}", {}) == 204
    assert [args[0] for args in asked] == ["hook.example", "127.0.0.1"]
    assert receiver.got[0][1]["Host"] == f"hook.example:{receiver.port}"


def test_each_attempt_looks_again(here, settings_of, endpoint):
    from lianfang.web.clients.sending import attempt
    from lianfang.web.clients.services import try_endpoint

    with Receiver() as receiver:
        made, _ = endpoint(f"http://127.0.0.1:{receiver.port}/")
        try_endpoint(endpoint=made)
        settings_of(WEBHOOK_NETWORKS=[])
        notice = notices(made).get()
        assert not attempt(notice=notice, last=False)
    assert receiver.got == []
    assert notice.attempts.get().problem == "a closed address"


def test_whoever_answers_for_ever_is_cut_off(here, monkeypatch):
    from lianfang.web.clients import posting

    monkeypatch.setattr(posting, "SECONDS", 0.6)
    begun = time.monotonic()
    with Receiver(seconds=5) as receiver, pytest.raises((OSError, http.client.HTTPException)):
        posting.post(f"http://127.0.0.1:{receiver.port}/", b"{}", {})
    assert time.monotonic() - begun < 4


def test_whoever_never_greets_is_cut_off(here, monkeypatch):
    """TLS begins, and the other side says nothing."""
    from lianfang.web.clients import posting

    monkeypatch.setattr(posting, "SECONDS", 0.6)
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(OSError):
        posting.post(f"https://127.0.0.1:{silent.getsockname()[1]}/", b"{}", {})


@contextmanager
def authority(folder, monkeypatch, name):
    """A server's context with a certificate for a name, of an authority that is trusted here."""
    key = ec.generate_private_key(ec.SECP256R1())
    named = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(named)
        .issuer_name(named)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    forms = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(key.private_bytes(*forms))
    monkeypatch.setenv("SSL_CERT_FILE", str(folder / "cert.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    yield context


@pytest.mark.parametrize(("asked", "heard"), [("hook.example", True), ("other.example", False)])
def test_tls_makes_sure_of_the_name_though_the_address_is_fixed(
    here, tmp_path, monkeypatch, asked, heard
):
    from lianfang.web.clients.posting import post

    with (
        authority(tmp_path, monkeypatch, "hook.example") as context,
        Receiver(context=context) as receiver,
    ):
        monkeypatch.setattr(socket, "getaddrinfo", answers(["127.0.0.1"], ["127.0.0.1"]))
        url = f"https://{asked}:{receiver.port}/"
        if heard:
            assert post(url, b"{}", {}) == 204
        else:
            with pytest.raises(ssl.SSLCertVerificationError):
                post(url, b"{}", {})
    assert len(receiver.got) == heard


def test_attempts_wait_longer_and_longer_and_end(place):
    from procrastinate.jobs import Job

    from lianfang.web.clients.tasks import WAITS, Patiently, UnheardError

    def wait(attempts, error):
        job = Job(id=1, queue="webhooks", lock=None, queueing_lock=None, task_name="clients.send",
                  attempts=attempts)  # fmt: skip
        decided = Patiently().get_retry_decision(exception=error, job=job)
        return decided and round((decided.retry_at - datetime.now(UTC)).total_seconds())

    assert [wait(number, UnheardError()) for number in range(len(WAITS))] == list(WAITS)
    assert wait(len(WAITS), UnheardError()) is None
    assert wait(0, ValueError()) is None


@pytest.mark.slow
def test_a_served_site_tells_what_came_of_a_file(site):
    """Over the whole way: pages of the site, its workers, the receiver, the client."""
    import requests

    from lianfang.client import Client
    from web.clients.prepare import PASSWORD

    client = Client(site.address, site.tokens["all"])
    with Receiver(status=503) as deaf, Receiver() as receiver:
        session = requests.Session()
        secrets = [hook(session, site, one.port, PASSWORD) for one in (deaf, receiver)]
        rows = [{"text": "专业办理各类证件，刻章办证，先办后付，加微信 bz77120"}, {"text": "在吗"}]
        sent = client.send(site.sources["posts"], rows=rows)
        client.wait(sent.delivery, every=0.2)
        [(_, headers, body)] = receiver.wait(b"delivery.ended")
        event = verify_webhook(headers, body, secrets[1])
        assert event.data == {"delivery": sent.delivery}
        again = deaf.wait(b"delivery.ended", times=2)
        assert len({headers["webhook-id"] for _, headers, _ in again}) == 1


def hook(session, site, port, password):
    """Add an endpoint as a person does, and give the secret that is shown."""
    page = f"{site.address}/accounts/login/"
    if "sessionid" not in session.cookies:
        session.get(page)
        form = {"login": "chief", "password": password}
        answer = session.post(page, form | {"csrfmiddlewaretoken": session.cookies["csrftoken"]})
        assert answer.url == f"{site.address}/"
    form = {"csrfmiddlewaretoken": session.cookies["csrftoken"], "hook-purposes": ["governance"],
            "hook-url": f"http://127.0.0.1:{port}/", "hook-events": list(EVENTS)}  # fmt: skip
    answer = session.post(f"{site.address}/clients/webhooks/", form)
    return answer.text.partition("data-secret>")[2].partition("<")[0]
