"""The story on an exception that ends a call, and its note."""

import copy
import pickle
import traceback

import anthropic
import pytest
from failing import KEY, Script, sdk_error

import holdoff
from holdoff import Story
from holdoff._story import attach


def ended(function, error=Exception, **options):
    """The exception that a retried call ends by."""
    with pytest.raises(error) as caught:
        holdoff.retry(**options)(function)()
    return caught.value


def test_it_tells_the_whole_call(world):
    script = Script(
        sdk_error("overloaded_error"),
        sdk_error("api_error"),
        sdk_error("rate_limit_error", headers={"retry-after": "5"}),
    )
    error = ended(script, max_attempts=3)
    story = error.holdoff
    assert type(error) is anthropic.RateLimitError
    assert story.attempts == script.calls == 3
    assert [failure.kind for failure in story.failures] == ["overloaded", "internal", "rate_limit"]
    assert story.failure == story.failures[-1]
    assert story.reason == "attempts_exhausted"
    assert list(story.waits) == world.waits
    assert story.elapsed == pytest.approx(sum(world.waits))
    assert story.retry_at == pytest.approx(world.clock.wall + 5)


def test_one_attempt_has_no_waits(world):
    story = ended(Script(sdk_error("authentication_error"))).holdoff
    assert (story.attempts, story.waits, story.reason, story.retry_at) == (1, (), "not_retryable", None)


def test_its_line_and_its_explanation_are_for_people(world):
    story = ended(Script(sdk_error("overloaded_error"), sdk_error("rate_limit_error", headers={"retry-after": "500"}))).holdoff
    line = str(story)
    assert "\n" not in line
    assert "2 attempts" in line
    assert "retry_after_too_long" in line
    assert "UTC" in line
    assert line in repr(story)
    explained = story.explain()
    assert "attempt 1: " in explained
    assert "attempt 2: " in explained
    assert f"waited {story.waits[0]:.3f} s" in explained
    assert story.failure.fix in explained
    assert "lasting" not in explained


def test_trouble_that_lasts_is_called_so(world):
    explained = ended(Script(*[sdk_error("api_error")] * 6)).holdoff.explain()
    assert "status page" in explained
    assert "tool schemas" in explained


def test_it_holds_no_secret(world):
    story = ended(Script(sdk_error("authentication_error"))).holdoff
    for text in (str(story), repr(story), story.explain(), pickle.dumps(story).decode("latin-1")):
        assert KEY not in text


def test_a_traceback_shows_it_once(world):
    error = ended(Script(sdk_error("overloaded_error")), max_attempts=2)
    assert error.__notes__ == [f"holdoff: {error.holdoff}"]
    if hasattr(error, "add_note"):  # Python 3.10 shows no notes
        assert "".join(traceback.format_exception(error)).count("holdoff: stopped") == 1


def test_an_exception_that_ends_another_call_gets_the_new_story_and_keeps_others_notes(world):
    error = sdk_error("overloaded_error")
    error.__notes__ = ["seen by the caller"]
    first = ended(Script(error), max_attempts=2).holdoff
    second = ended(Script(error), max_attempts=3).holdoff
    assert error.holdoff is second is not first
    assert error.__notes__ == ["seen by the caller", f"holdoff: {second}"]


def same(one: Story, other: Story) -> bool:
    return all(
        getattr(one, name) == getattr(other, name) for name in ("attempts", "waits", "elapsed", "reason", "retry_at", "failures")
    )


@pytest.mark.parametrize("again", [lambda it: pickle.loads(pickle.dumps(it)), copy.copy, copy.deepcopy])
def test_it_survives_pickle_and_copy(world, again):
    story = ended(Script(sdk_error("rate_limit_error", headers={"retry-after": "5"})), max_attempts=2).holdoff
    other = again(story)
    assert same(other, story)
    assert str(other) == str(story)
    assert other.explain() == story.explain()


def test_the_sdks_exception_carries_it_through_pickle(world):
    error = ended(Script(sdk_error("overloaded_error")), max_attempts=2)
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is anthropic.OverloadedError
    assert same(again.holdoff, error.holdoff)
    assert again.__notes__ == error.__notes__
    assert again.status_code == 529


def test_a_bug_of_the_callers_gets_no_note(world):
    error = ended(Script(KeyError("model")))
    assert error.holdoff.reason == "not_retryable"
    assert error.holdoff.failure.kind == "unknown"
    assert not hasattr(error, "__notes__")


class Frozen(ConnectionResetError):
    def __setattr__(self, name, value):
        raise AttributeError("frozen")


class BadNotes(ConnectionResetError):
    __notes__ = "not a list"


class Slots(ConnectionResetError):
    __slots__ = ("code",)


@pytest.mark.parametrize("kind", [Frozen, BadNotes, Slots])
def test_exceptions_that_take_no_attributes_pass_unharmed(world, kind):
    error = kind("reset")
    assert ended(Script(error), max_attempts=2) is error


def test_attach_never_fails_and_keeps_foreign_notes(world):
    story = ended(Script(sdk_error("overloaded_error")), max_attempts=1).holdoff
    error = ValueError("x")
    error.__notes__ = [7, "holdoff: an old story", "another note"]
    attach(error, story)
    assert error.__notes__ == [7, "another note", f"holdoff: {story}"]


def test_a_date_beyond_the_calendar_is_still_told(world):
    story = ended(Script(sdk_error("rate_limit_error", headers={"retry-after": "9" * 15}))).holdoff
    assert story.reason == "retry_after_too_long"
    assert "may be sent again at" in str(story)
