//! The form and its fields after a signature: which were filled in, signed or added, and what they show.

use std::collections::BTreeMap;

use super::{Spot, Step};
use crate::pdf::covering;
use crate::pdf::fields::{Field, fields, form, has_no_area, inherited, is_invisible, visibility};
use crate::pdf::object::{Dictionary, Object};
use crate::pdf::signatures::Signature;
use crate::report::Code;

const FORM_FREE: [&str; 6] = ["Fields", "DR", "DA", "Q", "NeedAppearances", "SigFlags"];
const SIGNED_FREE: [&str; 8] = ["V", "AP", "AS", "F", "DA", "Q", "Ff", "Type"];
const FILLED_FREE: [&str; 11] = ["V", "AP", "AS", "F", "DA", "Q", "Ff", "Type", "RV", "I", "MK"];
/// What a signature field that is added later may have: nothing that acts.
const NEW_FIELD: [&str; 27] = [
    "Type",
    "Subtype",
    "FT",
    "T",
    "TU",
    "TM",
    "Ff",
    "V",
    "DV",
    "F",
    "P",
    "Rect",
    "AP",
    "AS",
    "MK",
    "BS",
    "Border",
    "Lock",
    "SV",
    "DA",
    "DR",
    "Q",
    "Parent",
    "Kids",
    "StructParent",
    "NM",
    "H",
];

impl<'a> Step<'a, '_> {
    pub(super) fn judge_form(&mut self, spot: Spot, old_catalog: &'a Dictionary) {
        let (form_spot, _) = self.follow(spot, old_catalog.get("AcroForm"));
        let (old, new) = (form(self.map, self.old), form(self.map, self.new));
        let empty = Dictionary::default();
        match (old, new) {
            (Some(_), None) => return self.wrong(Code::FieldChanged, ""),
            (old, Some(new)) => {
                let redraws = |form: &Dictionary, revision| {
                    self.map.entry(form, "NeedAppearances", revision) == Some(&Object::Boolean(true))
                };
                let old = old.unwrap_or(&empty);
                // Readers that are told to draw every field anew show another page than the one that was signed.
                let is_redrawn = redraws(new, self.new) && !redraws(old, self.old);
                if is_redrawn || !old.equals_except(new, &FORM_FREE) {
                    self.wrong(Code::FieldChanged, "");
                }
            }
            (None, None) => {}
        }
        if let Some(old) = old {
            self.follow(form_spot.key("Fields"), old.get("Fields"));
            self.judge_resources(&form_spot, old, new.unwrap_or(&empty));
        }
        let (Ok(before), Ok(after)) = (fields(self.map, self.old), fields(self.map, self.new)) else {
            return self.wrong(Code::FieldChanged, "");
        };
        let mut by_name: BTreeMap<&str, &Field> = BTreeMap::new();
        for field in &after {
            by_name.insert(&field.name, field);
        }
        for field in &before {
            match by_name.remove(field.name.as_str()) {
                Some(now) if now.id == field.id => self.judge_field(field, now),
                _ => self.wrong(Code::FieldChanged, &format!(", field {}", field.name)),
            }
        }
        for field in by_name.into_values() {
            self.judge_new_field(field);
        }
    }

    /// /DR may grow; a font that a shown field uses may not be exchanged.
    fn judge_resources(&mut self, spot: &Spot, old: &'a Dictionary, new: &Dictionary) {
        let (below, before) = self.follow(spot.key("DR"), old.get("DR"));
        let Some(before) = before.and_then(Object::dictionary) else { return };
        let after = self.map.dictionary_at(new, "DR", self.new);
        let mut kept = after.is_some();
        for (kind, value) in before.iter() {
            let kind = String::from_utf8_lossy(kind);
            let (_, value) = self.follow(below.key(&kind), Some(value));
            let now = after.and_then(|after| self.map.entry(after, &kind, self.new));
            kept &= match (value, now) {
                (Some(Object::Dictionary(value)), Some(Object::Dictionary(now))) => {
                    value.iter().all(|(name, one)| now.get(&String::from_utf8_lossy(name)) == Some(one))
                }
                (value, now) => value == now,
            };
        }
        if !kept {
            self.wrong(Code::FieldChanged, "");
        }
    }

    pub(super) fn strictest(&self) -> Option<i64> {
        self.earlier.iter().filter_map(|one| one.doc_mdp).min()
    }

    /// Records that a field was filled; refuses where the certification or a lock forbids it.
    fn fill(&mut self, name: &str) {
        if self.strictest() == Some(1) {
            self.wrong(Code::DocMdp, &format!(", field {name}"));
        }
        if self.earlier.iter().any(|one| one.field_mdp.iter().any(|lock| lock.covers(name))) {
            self.wrong(Code::FieldMdp, &format!(", field {name}"));
        }
    }

    fn is_signed_here(&self, field: &Field) -> Option<&'a Signature> {
        let number = field.value.as_ref()?.reference()?.number;
        self.signatures.iter().find(|one| one.number == number && one.revision == self.new)
    }

    fn judge_field(&mut self, old: &Field, new: &Field) {
        let detail = format!(", field {}", old.name);
        // A widget that is a stream could be the content of a page besides (its octets are compared nowhere here).
        let dictionary = |id, revision| match self.map.get(id, revision) {
            Some(Object::Dictionary(dictionary)) => Some(dictionary),
            _ => None,
        };
        let (Some(before), Some(after)) = (dictionary(old.id, self.old), dictionary(new.id, self.new)) else {
            return self.wrong(Code::FieldChanged, &detail);
        };
        if old.is_signature != new.is_signature || old.widgets != new.widgets {
            return self.wrong(Code::FieldChanged, &detail);
        }
        let gets_signed = old.is_signature && old.value.is_none() && new.value.is_some();
        let free: &[&str] = match (old.is_signature, gets_signed) {
            (true, true) => &SIGNED_FREE,
            (true, false) => &["Ff", "Type"],
            (false, _) => &FILLED_FREE,
        };
        if !before.equals_except(after, free) {
            return self.wrong(Code::FieldChanged, &detail);
        }
        let touched = self.touches(old);
        if !touched && before == after {
            return;
        }
        if gets_signed {
            match self.is_signed_here(new) {
                None => self.wrong(Code::FieldChanged, &detail),
                Some(signature) if signature.is_timestamp => self.judge_timestamp(new),
                Some(_) => self.fill(&old.name),
            }
        } else if !old.is_signature {
            self.fill(&old.name);
            self.judge_size(new, &detail);
            self.judge_flags(before, after, &detail);
        }
        for id in std::iter::once(old.id).chain(old.widgets.iter().copied()) {
            self.fields.insert(id.number);
            let (Some(widget), Some(now)) = (dictionary(id, self.old), dictionary(id, self.new)) else {
                return self.wrong(Code::FieldChanged, &detail);
            };
            // Who saw the signed page did not see it: filling it in may not lay it over the page.
            let appears = visibility(self.map, widget, self.old) != visibility(self.map, now, self.new);
            if appears || id != old.id && !widget.equals_except(now, free) {
                return self.wrong(Code::FieldChanged, &detail);
            }
            if gets_signed || !old.is_signature {
                self.explain_appearance(&Spot::object(id.number), widget);
                self.follow(Spot::object(id.number).key("V"), widget.get("V"));
            }
            // An array of kids may be rewritten with the same kids.
            self.follow(Spot::object(id.number).key("Kids"), widget.get("Kids"));
        }
    }

    /// A timestamp in a field that nobody sees proves time and fills nothing in. Anybody can have one made, so
    /// where it is seen it may cover what was signed, or stand for a person who did not sign.
    fn judge_timestamp(&mut self, field: &Field) {
        let is_unseen = |id| {
            let widget = self.map.get(id, self.new).and_then(Object::dictionary);
            widget.is_some_and(|widget| is_invisible(self.map, widget, self.new))
        };
        if !field.widgets.iter().all(|id| is_unseen(*id)) {
            self.fill(&field.name);
            let place = format!("{}, field {}", self.place(), field.name);
            self.findings.unproven(Code::VisibleUnsignedField, place);
        }
    }

    /// What people cannot fill in was not filled in by them: a button has no value, and a field that is closed is
    /// computed by a script at best. A field may be closed later, and never becomes another one.
    fn judge_flags(&mut self, before: &Dictionary, after: &Dictionary, detail: &str) {
        const READ_ONLY: i64 = 1;
        const PUSH_BUTTON: i64 = 1 << 16;
        let flags = |field, revision| {
            inherited(self.map, field, "Ff", revision).and_then(Object::integer).unwrap_or_default()
        };
        let (old, new) = (flags(before, self.old), flags(after, self.new));
        let is_button = inherited(self.map, before, "FT", self.old).is_some_and(|kind| kind.is_name("Btn"));
        if is_button && old & PUSH_BUTTON != 0 || new != old && new != old | READ_ONLY {
            self.wrong(Code::FieldChanged, detail);
        } else if old & READ_ONLY != 0 {
            let place = format!("{}{detail}", self.place());
            self.findings.unproven(Code::FieldChanged, place);
        }
    }

    /// A field that takes much of its page shows another page once it is filled in, and anybody may fill it in.
    fn judge_size(&mut self, field: &Field, detail: &str) {
        let mut widgets = field.widgets.iter().filter_map(|id| self.map.get(*id, self.new)?.dictionary());
        if widgets.any(|widget| covering::is_large(self.map, widget, self.new)) {
            let place = format!("{}{detail}", self.place());
            self.findings.unproven(Code::LargeAppearance, place);
        }
    }

    /// True when the field, its widgets or their appearances were written anew.
    fn touches(&self, field: &Field) -> bool {
        std::iter::once(field.id).chain(field.widgets.iter().copied()).any(|id| {
            let appearance = self
                .map
                .get(id, self.old)
                .and_then(Object::dictionary)
                .and_then(|widget| widget.get("AP")?.reference());
            self.changed.contains(&id.number)
                || appearance.is_some_and(|one| self.changed.contains(&one.number))
        })
    }

    /// The appearance of a filled field may be exchanged, as long as nothing else shows it.
    fn explain_appearance(&mut self, spot: &Spot, widget: &'a Dictionary) {
        let (states_spot, states) = self.follow(spot.key("AP"), widget.get("AP"));
        self.exclusive.extend(states_spot.from.filter(|from| Some(*from) != spot.from));
        let Some(states) = states.and_then(Object::dictionary) else { return };
        for key in ["N", "R", "D"] {
            let (below, shown) = self.follow(states_spot.key(key), states.get(key));
            if let Some(Object::Dictionary(choices)) = shown {
                for (name, choice) in choices.iter() {
                    self.follow(below.key(&String::from_utf8_lossy(name)), Some(choice));
                }
            }
        }
    }

    fn judge_new_field(&mut self, field: &Field) {
        let detail = format!(", field {}", field.name);
        let is_new = std::iter::once(field.id)
            .chain(field.widgets.iter().copied())
            .all(|id| self.map.object(id.number, self.old).is_none());
        if !field.is_signature || !is_new || field.name.contains('.') || field.name.is_empty() {
            return self.wrong(Code::FieldChanged, &detail);
        }
        let all_widgets = |fits: &dyn Fn(&Dictionary) -> bool| {
            let widget = |id| self.map.get(id, self.new).and_then(Object::dictionary);
            field.widgets.iter().all(|id| widget(*id).is_some_and(fits))
        };
        let known = |one: &Dictionary| {
            one.iter().all(|(key, _)| NEW_FIELD.iter().any(|known| known.as_bytes() == key))
        };
        let own = self.map.get(field.id, self.new).and_then(Object::dictionary);
        if !own.is_some_and(known) || !all_widgets(&|one| known(one) && one.has_name("Subtype", "Widget")) {
            return self.wrong(Code::FieldChanged, &detail);
        }
        let invisible = all_widgets(&|widget| is_invisible(self.map, widget, self.new));
        let has_no_area = all_widgets(&|widget| has_no_area(self.map, widget, self.new));
        let signature = self.is_signed_here(field);
        if field.value.is_some() && signature.is_none() {
            return self.wrong(Code::FieldChanged, &detail);
        }
        if !has_no_area && signature.is_none() {
            return self.wrong(Code::VisibleUnsignedField, &detail);
        }
        if !invisible && self.strictest().is_some() {
            return self.wrong(Code::DocMdp, &detail);
        }
        match signature {
            Some(signature) if signature.is_timestamp => self.judge_timestamp(field),
            Some(_) => self.fill(&field.name),
            None => {}
        }
        self.new_widgets.extend(field.widgets.iter().map(|id| id.number));
    }
}
