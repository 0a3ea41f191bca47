//! Where a value is: the path for a person, and the pointer of RFC 6901.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Write as _;

use super::view::{Key, View};

impl<'t, 'a> View<'t, 'a> {
    /// Where it is, as a person writes it: `messages.0.content.1.text`; empty for the whole. Long keys are cut, and what
    /// would break a line is replaced.
    pub(crate) fn path(self) -> String {
        path_of(&self.steps(&mut Trail::default()))
    }

    /// Where it is, as RFC 6901 writes it: `/messages/0/content/1/text`; empty for the whole.
    pub(crate) fn pointer(self) -> String {
        pointer_of(&self.steps(&mut Trail::default()))
    }

    /// Path and pointer. Cheap for one place after the other, where each would be counted out from the start of its list.
    pub(crate) fn place(self, trail: &mut Trail) -> (String, String) {
        let steps = self.steps(trail);
        (path_of(&steps), pointer_of(&steps))
    }

    fn steps(self, trail: &mut Trail) -> Vec<Step<'t, 'a>> {
        let mut steps = Vec::new();
        let mut view = self;
        while let Some(parent) = view.parent() {
            let step = view.key().map(Step::Key).or_else(|| trail.position(parent, view).map(Step::Position));
            steps.extend(step);
            view = parent;
        }
        steps.reverse();
        steps
    }
}

enum Step<'t, 'a> {
    Key(Key<'t, 'a>),
    Position(usize),
}

/// How long a step mostly is.
const LENGTH: usize = 8;

/// Where the lists that lead to a place were last counted to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Trail(Vec<Mark>);

/// A list, one of its items, and the item's number.
#[derive(Clone, Copy, Debug)]
struct Mark {
    list: u32,
    item: u32,
    position: usize,
}

impl Trail {
    /// So many lists lie inside one another on the way to a block in a tool result in an item of a batch, and one more.
    const MOST: usize = 5;

    fn position(&mut self, list: View<'_, '_>, item: View<'_, '_>) -> Option<usize> {
        let slot = self.0.iter().position(|mark| mark.list == list.index());
        let known = slot.and_then(|slot| self.0.get(slot)).filter(|mark| mark.item <= item.index());
        let mut items = list.items();
        let counted = known.map_or(0, |mark| {
            items.at = mark.item;
            mark.position
        });
        let position = counted + items.position(|other| other.index() == item.index())?;
        if let Some(slot) = slot {
            self.0.swap_remove(slot);
        } else if self.0.len() >= Self::MOST {
            self.0.remove(0);
        }
        self.0.push(Mark { list: list.index(), item: item.index(), position });
        Some(position)
    }
}

/// Goes on to a member that is not there. Its name may be the request's own, as the members of a schema are.
pub(crate) fn push_key(path: &mut String, pointer: &mut String, key: &str) {
    if !path.is_empty() {
        path.push('.');
    }
    push_short(path, key);
    pointer.push('/');
    push_escaped(pointer, key);
}

fn push_escaped(pointer: &mut String, key: &str) {
    for char in key.chars() {
        match char {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            other => pointer.push(other),
        }
    }
}

fn path_of(steps: &[Step<'_, '_>]) -> String {
    let mut path = String::with_capacity(LENGTH * steps.len());
    for step in steps {
        if !path.is_empty() {
            path.push('.');
        }
        match step {
            Step::Position(position) => _ = write!(path, "{position}"),
            Step::Key(key) => push_short(&mut path, &key.str()),
        }
    }
    path
}

fn pointer_of(steps: &[Step<'_, '_>]) -> String {
    let mut pointer = String::with_capacity(LENGTH * steps.len());
    for step in steps {
        pointer.push('/');
        match step {
            Step::Position(position) => _ = write!(pointer, "{position}"),
            Step::Key(key) => push_escaped(&mut pointer, &key.str()),
        }
    }
    pointer
}

/// A key of a path is a word; one that is not is cut here.
const LONGEST: usize = 80;

fn push_short(path: &mut String, key: &str) {
    for (count, char) in key.chars().enumerate() {
        if count == LONGEST {
            path.push('…');
            break;
        }
        path.push(if char.is_control() { char::REPLACEMENT_CHARACTER } else { char });
    }
}
