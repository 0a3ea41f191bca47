"""From exceptions of real libraries, raised by real sockets, to kinds."""

import asyncio
import http.client
import socket
import ssl
import subprocess
import threading
import time
import urllib.error
import urllib.request

import aiohttp
import anthropic
import botocore.exceptions
import botocore.session
import httpx
import httpx2
import openai
import pytest
import requests
import trio
import urllib3
from failing import KEY, sdk_error

from faultserver import close as close_step, error, hang, message_events, reset, sse
from holdoff import diagnose
from holdoff._evidence import read


@pytest.fixture(scope="module")
def refused():
    """A URL at which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    return f"http://127.0.0.1:{port}"


def caught(call, *args, **kwargs):
    with pytest.raises(Exception) as info:
        call(*args, **kwargs)
    return info.value


def aiohttp_get(url, **kwargs):
    async def get():
        async with aiohttp.ClientSession() as session:
            async with session.post(url, json={}, **kwargs) as response:
                response.raise_for_status()
                await response.read()

    asyncio.run(get())


def requests_post(url, **kwargs):
    requests.post(url, json={}, **kwargs).raise_for_status()


def httpx_post(url, **kwargs):
    httpx.post(url, json={}, **kwargs).raise_for_status()


def httpx2_post(url, **kwargs):
    httpx2.post(url, json={}, **kwargs).raise_for_status()


def urllib3_post(url, **kwargs):
    urllib3.PoolManager(retries=False).request("POST", url, **kwargs)


def urllib3_retrying_post(url, **kwargs):
    urllib3.PoolManager(retries=urllib3.Retry(0)).request("POST", url, **kwargs)


def urllib_post(url, **kwargs):
    urllib.request.urlopen(urllib.request.Request(url, data=b"{}"), **kwargs).read()


def http_client_post(url, timeout=None):
    host = url.split("/")[2]
    connection = http.client.HTTPConnection(host, **({} if timeout is None else {"timeout": timeout}))
    connection.request("POST", "/" + url.split("/", 3)[-1] if url.count("/") > 2 else "/", body=b"{}")
    connection.getresponse().read()


def anthropic_create(url, **kwargs):
    client = anthropic.Anthropic(api_key=KEY, base_url=url, max_retries=0, **kwargs)
    client.messages.create(model="claude-opus-5", max_tokens=16, messages=[{"role": "user", "content": "hi"}])


def anthropic_async_create(url, **kwargs):
    async def create():
        client = anthropic.AsyncAnthropic(api_key=KEY, base_url=url, max_retries=0, **kwargs)
        await client.messages.create(model="claude-opus-5", max_tokens=16, messages=[{"role": "user", "content": "hi"}])

    asyncio.run(create())


def openai_create(url, **kwargs):
    client = openai.OpenAI(api_key=KEY, base_url=url, max_retries=0, **kwargs)
    client.chat.completions.create(model="claude-opus-5", messages=[{"role": "user", "content": "hi"}])


def botocore_invoke(url, **kwargs):
    from botocore.config import Config

    session = botocore.session.get_session()
    session.set_credentials("AKIDEXAMPLE", "secret")
    client = session.create_client(
        "bedrock-runtime",
        region_name="us-east-1",
        endpoint_url=url,
        config=Config(retries={"total_max_attempts": 1}, connect_timeout=2, **kwargs),
    )
    client.invoke_model(modelId="anthropic.claude-opus-5", body=b"{}")


RAISING_FOR_STATUS = [
    aiohttp_get,
    requests_post,
    httpx_post,
    httpx2_post,
    urllib_post,
    anthropic_create,
    anthropic_async_create,
    openai_create,
]
POSTS = [*RAISING_FOR_STATUS, urllib3_post, urllib3_retrying_post, http_client_post]


@pytest.mark.parametrize("post", RAISING_FOR_STATUS)
def test_an_answer_is_read_from_every_library(server, post):
    scenario = server.scenario([error(429, "rate_limit_error", "slow down", headers={"retry-after": "9"})])
    failure = diagnose(caught(post, scenario.base_url))
    assert (failure.kind, failure.status, failure.retry_after) == ("rate_limit", 429, 9.0)


@pytest.mark.parametrize("post", [requests_post, httpx_post, httpx2_post, anthropic_create, openai_create])
def test_a_body_that_has_been_read_is_read_from_every_library(server, post):
    # Three statuses of one meaning: only the body can tell.
    scenario = server.scenario([error(500, "overloaded_error", "Overloaded")])
    failure = diagnose(caught(post, scenario.base_url))
    assert (failure.kind, failure.error_type, failure.message) == ("overloaded", "overloaded_error", "Overloaded")


@pytest.mark.parametrize("post", [*POSTS, botocore_invoke])
def test_a_refused_connection_is_one_in_every_library(refused, post):
    failure = diagnose(caught(post, refused))
    assert (failure.kind, failure.retryable, failure.maybe_processed, failure.status) == (
        "connection",
        True,
        False,
        None,
    )


@pytest.mark.parametrize("post", [*POSTS, botocore_invoke])
def test_a_connection_reset_before_the_answer_is_ambiguous_in_every_library(server, post):
    failure = diagnose(caught(post, server.scenario([reset()]).base_url))
    assert (failure.kind, failure.retryable, failure.maybe_processed) == ("connection", True, True)


@pytest.mark.parametrize("post", [*POSTS, botocore_invoke])
def test_a_connection_closed_before_the_answer_is_ambiguous_in_every_library(server, post):
    failure = diagnose(caught(post, server.scenario([close_step()]).base_url))
    assert (failure.kind, failure.retryable, failure.maybe_processed) == ("connection", True, True)


@pytest.mark.parametrize("post", [*POSTS, botocore_invoke])
def test_silence_is_a_timeout_in_every_library(server, post):
    limit = {aiohttp_get: {"timeout": aiohttp.ClientTimeout(total=0.2)}, botocore_invoke: {"read_timeout": 0.2}}
    url = server.scenario([hang()]).base_url
    failure = diagnose(caught(post, url, **limit.get(post, {"timeout": 0.2})))
    assert (failure.kind, failure.retryable, failure.maybe_processed) == ("timeout", True, True)


@pytest.mark.parametrize("post", [*POSTS, botocore_invoke])
def test_a_name_that_does_not_resolve_is_dns_in_every_library(post):
    failure = diagnose(caught(post, "http://no-such-host.invalid"))
    assert (failure.kind, failure.maybe_processed) == ("dns", False)


@pytest.fixture(scope="module")
def untrusted(tmp_path_factory):
    """The URL of a TLS server whose certificate nobody has signed."""
    folder = tmp_path_factory.mktemp("tls")
    made = subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
        + ["-addext", "subjectAltName=DNS:localhost", "-keyout", folder / "key.pem", "-out", folder / "cert.pem"],
        capture_output=True,
        check=False,
    )
    if made.returncode:
        pytest.skip("openssl cannot make a certificate here")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        while True:
            try:
                plain, _ = listener.accept()
            except OSError:
                return
            try:
                context.wrap_socket(plain, server_side=True).close()
            except OSError:
                plain.close()

    threading.Thread(target=serve, daemon=True).start()
    yield f"https://localhost:{listener.getsockname()[1]}"
    listener.close()


TLS_POSTS = [
    aiohttp_get,
    requests_post,
    httpx_post,
    httpx2_post,
    urllib_post,
    urllib3_post,
    anthropic_create,
    openai_create,
    botocore_invoke,
]


@pytest.mark.parametrize("post", TLS_POSTS)
def test_an_untrusted_certificate_is_tls_in_every_library(untrusted, post):
    failure = diagnose(caught(post, untrusted))
    assert (failure.kind, failure.retryable) == ("tls", False)


@pytest.mark.parametrize(
    "post",
    [anthropic_create, anthropic_async_create, openai_create, httpx_post, httpx2_post, requests_post, aiohttp_get],
)
def test_the_request_is_read_from_every_library(server, post):
    *_, method, url = read(caught(post, server.scenario([error(529)]).base_url))
    assert method == "POST"
    assert "/s/" in url


def test_a_batch_is_told_from_a_message(server):
    def create(resource):
        client = anthropic.Anthropic(api_key=KEY, base_url=server.scenario([hang()]).base_url, max_retries=0, timeout=0.2)
        return (
            caught(getattr(client, resource).create, model="m", max_tokens=1, messages=[])
            if resource == "messages"
            else caught(client.messages.batches.create, requests=[])
        )

    assert read(create("messages"))[6].endswith("/v1/messages")
    assert read(create("batches"))[6].endswith("/v1/messages/batches")


def test_an_error_inside_a_stream_is_read_from_the_anthropic_sdk(server):
    events = [
        *message_events()[:2],
        {"event": "error", "data": {"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}},
    ]
    client = anthropic.Anthropic(api_key=KEY, base_url=server.scenario([sse(events)]).base_url, max_retries=0)

    def stream():
        for _ in client.messages.create(model="m", max_tokens=16, messages=[], stream=True):
            pass

    failing = caught(stream)
    assert failing.status_code == 200
    failure = diagnose(failing)
    assert (failure.kind, failure.error_type, failure.retryable) == ("overloaded", "overloaded_error", True)


def test_an_error_inside_a_stream_is_read_from_the_openai_sdk(server):
    events = [{"data": {"error": {"message": "Overloaded", "type": "overloaded_error", "code": None}}}]
    client = openai.OpenAI(api_key=KEY, base_url=server.scenario([sse(events)]).base_url, max_retries=0)

    def stream():
        for _ in client.chat.completions.create(model="m", messages=[], stream=True):
            pass

    assert diagnose(caught(stream)).kind == "overloaded"


def test_a_body_that_has_not_been_read_is_left_alone(server):
    """Nothing is read from the socket: the caller may still want the stream, and a read may block."""
    url = server.scenario([error(529, headers={"retry-after": "3"}, hang="mid_body", times=2)]).base_url
    with httpx2.Client() as client, client.stream("POST", url, json={}) as response:
        failure = diagnose(caught(response.raise_for_status))
        assert (failure.kind, failure.retry_after) == ("overloaded", 3.0)
        assert not response.is_stream_consumed
    with requests.post(url, json={}, stream=True) as response:
        start = time.monotonic()
        assert diagnose(caught(response.raise_for_status)).status == response.status_code
        assert time.monotonic() - start < 1.0


def test_a_bedrock_error_is_read_from_botocore():
    failing = botocore.exceptions.ClientError(
        {
            "Error": {"Code": "ThrottlingException", "Message": "Too many tokens, please wait before trying again."},
            "ResponseMetadata": {
                "HTTPStatusCode": 429,
                "HTTPHeaders": {"x-amzn-requestid": "00000000-aaaa"},
                "RequestId": "00000000-aaaa",
            },
        },
        "InvokeModel",
    )
    failure = diagnose(failing)
    assert (failure.kind, failure.status, failure.provider) == ("rate_limit", 429, "bedrock")
    assert failure.message == "Too many tokens, please wait before trying again."
    assert failure.request_id == "00000000-aaaa"


def test_a_bedrock_error_inside_a_stream_is_read_from_botocore():
    failing = botocore.exceptions.EventStreamError(
        {"Error": {"Code": "throttlingException", "Message": "Too many requests"}}, "InvokeModelWithResponseStream"
    )
    assert diagnose(failing).kind == "rate_limit"


def test_a_bedrock_answer_is_read_from_botocore_over_the_wire(server):
    body = {
        "__type": "com.amazon.coral.service#ExpiredTokenException",
        "message": "The security token included in the request is expired",
    }
    failure = diagnose(caught(botocore_invoke, server.scenario([{"status": 403, "body": body}]).base_url))
    assert failure.retryable is False
    assert failure.status == 403


class GrpcCode:
    name = "RESOURCE_EXHAUSTED"


class RpcError(Exception):
    def code(self):
        return GrpcCode

    def details(self):
        return "Quota exceeded for aiplatform.googleapis.com/online_prediction_requests_per_base_model"


def test_a_grpc_error_is_read():
    failure = diagnose(RpcError())
    assert failure.retryable is True
    assert failure.status == 429


def test_an_answer_is_found_down_the_chain():
    try:
        try:
            raise sdk_error("rate_limit_error", headers={"retry-after": "9"})
        except anthropic.RateLimitError as inner:
            raise RuntimeError("no reply") from inner
    except RuntimeError as failing:
        assert diagnose(failing).retry_after == 9.0


def test_a_context_that_was_suppressed_is_not_followed():
    def fail(how):
        try:
            raise sdk_error("overloaded_error")
        except anthropic.APIStatusError:
            how()

    def implicit():
        raise RuntimeError("no reply")

    def suppressed():
        raise RuntimeError("no reply") from None

    assert diagnose(caught(fail, implicit)).kind == "overloaded"
    assert diagnose(caught(fail, suppressed)).kind == "unknown"


def test_a_time_limit_of_the_callers_own_is_a_timeout_and_not_a_cancellation():
    async def limited():
        await asyncio.wait_for(asyncio.sleep(60), 0.01)

    async def trio_limited():
        with trio.fail_after(0.01):
            await trio.sleep(60)

    assert diagnose(caught(asyncio.run, limited())).kind == "timeout"
    assert diagnose(caught(trio.run, trio_limited)).kind == "timeout"


def test_a_group_of_one_is_what_is_in_it():
    async def main():
        async with trio.open_nursery(strict_exception_groups=True) as nursery:
            nursery.start_soon(fail)

    async def fail():
        raise sdk_error("overloaded_error")

    assert diagnose(caught(trio.run, main)).kind == "overloaded"


def test_a_chain_that_bites_its_tail_ends():
    one, other = RuntimeError("one"), RuntimeError("other")
    one.__cause__, other.__cause__ = other, one
    assert diagnose(one).kind == "unknown"
    long = inner = RuntimeError("0")
    for number in range(10_000):
        inner.__cause__ = RuntimeError(str(number))
        inner = inner.__cause__
    assert diagnose(long).kind == "unknown"


def test_subclasses_count_as_what_they_derive_from():
    class Mine(httpx.ReadTimeout):
        pass

    assert diagnose(Mine("too slow")).kind == "timeout"


@pytest.mark.parametrize(
    "name", ["NetworkError", "ClientError", "HTTPException", "Timeout", "ConnectionError", "APIConnectionError"]
)
def test_a_class_of_the_callers_own_is_not_a_librarys_of_the_same_name(name):
    own = type(name, (Exception,), {"__module__": "shop.orders"})
    assert diagnose(own("no such order")).kind == "unknown"


@pytest.mark.parametrize(
    "failing",
    [
        FileNotFoundError(2, "No such file or directory", "prompt.txt"),
        PermissionError(13, "Permission denied", "prompt.txt"),
        OSError(28, "No space left on device"),
        ValueError("max_tokens must be positive"),
        AssertionError(),
        ZeroDivisionError("division by zero"),
        UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte"),
        MemoryError(),
    ],
)
def test_other_exceptions_stay_unknown(failing):
    failure = diagnose(failing)
    assert (failure.kind, failure.retryable) == ("unknown", False)


class Hostile(Exception):
    def __getattr__(self, name):
        raise RuntimeError("no attributes today")

    def __str__(self):
        raise RuntimeError("nor a text")


class Liar(Exception):
    """Attributes of the right names and the wrong shapes."""

    response = property(lambda self: self)
    headers = property(lambda self: 7)
    status_code = property(lambda self: "429")
    status = property(lambda self: True)
    code = property(lambda self: lambda: 1 / 0)
    body = property(lambda self: {1: {2}})
    request = property(lambda self: None)


@pytest.mark.parametrize("kind", [Hostile, Liar, lambda: Exception(Exception(Exception("deep")))])
def test_odd_exceptions_are_read_without_harm(kind):
    assert diagnose(kind()).kind == "unknown"


@pytest.mark.parametrize("status", [429.0, "429", 42, 70_000, -1, True])
def test_a_status_that_is_none_is_not_taken_for_one(status):
    class Odd(Exception):
        status_code = status

    assert diagnose(Odd("x")).status is None


def test_an_exception_made_with_a_mock_response_is_read():
    from unittest.mock import MagicMock

    response = MagicMock(status_code=529, headers={"retry-after": "3"})
    failing = anthropic.APIStatusError("Overloaded", response=response, body=None)
    failure = diagnose(failing)
    assert (failure.kind, failure.retry_after) == ("overloaded", 3.0)
