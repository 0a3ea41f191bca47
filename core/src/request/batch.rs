//! Which requests a body holds: itself, or the items of a batch.

use super::options::{Endpoint, Options};
use super::read::Request;
use super::report::Report;
use super::rules;
use super::tape::{Kind, View};

/// Puts the rules to the body as a whole, then to each request in it.
pub(crate) fn check(root: View<'_, '_>, options: &Options<'_>, report: &mut Report) {
    rules::check_body(root, options, report);
    if root.kind() != Kind::Object {
        return;
    }
    if options.endpoint != Endpoint::Batches {
        return rules::check(&Request::read(root, options, false), report);
    }
    for params in items(root).filter_map(|item| item.get("params")).filter(|params| params.kind() == Kind::Object) {
        rules::check(&Request::read(params, options, true), report);
    }
}

/// The entries of a batch's `requests`.
pub(crate) fn items<'t, 'a>(root: View<'t, 'a>) -> impl Iterator<Item = View<'t, 'a>> {
    root.get("requests").into_iter().flat_map(View::items)
}
