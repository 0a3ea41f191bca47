//! The model's parameters in the shape of Converse.

use super::{Field, Request};
use crate::request::tape::View;

impl<'t, 'a> Request<'t, 'a> {
    /// The model's parameters where Converse has them: under names of its own, and under Claude's own beside them.
    pub(super) fn read_converse_parameters(&mut self) {
        let root = self.root;
        let inference = root.get("inferenceConfig");
        let of_inference = |key| inference.and_then(|config: View<'t, 'a>| config.get(key));
        let own = root.get("additionalModelRequestFields").into_iter().flat_map(View::members);
        let own = own.filter_map(|(key, value)| Some((Field::named(&key.str())?, Some(value))));
        // These would be read as the conversation.
        let own = own.filter(|(field, _)| !matches!(field, Field::Messages | Field::System | Field::Tools | Field::Model));
        let converses = [
            (Field::MaxTokens, of_inference("maxTokens")),
            (Field::Temperature, of_inference("temperature")),
            (Field::TopP, of_inference("topP")),
            (Field::StopSequences, of_inference("stopSequences")),
        ];
        let output = (Field::OutputConfig, root.get("outputConfig"));
        for (field, value) in converses.into_iter().chain(own).chain([output]) {
            if let Some(slot) = self.fields.get_mut(field as usize) {
                *slot = slot.or(value);
            }
        }
    }
}
