//! How far a document is: every stage by a name, and a document taken to it.

use super::sample::{Story, digest, id, plan};
use crate::lifecycle::dossier::Stage;
use crate::lifecycle::event::Event;

/// Every one of them. Before the first signature and after it a document awaits its turn, and not in the same way.
pub const FAR: [&str; 7] =
    ["none", "first turn", "second turn", "halted", "signed whole", "closed", "withdrawn"];

/// The stage of a document. One that is not listed here does not compile.
pub fn far(story: &Story, dossier: &str) -> &'static str {
    match story.ledger.dossiers.get(&id(dossier)).map(|one| (&one.stage, one.signers().is_empty())) {
        None => "none",
        Some((Stage::AwaitingTurn(_), true)) => "first turn",
        Some((Stage::AwaitingTurn(_), false)) => "second turn",
        Some((Stage::Halted(_), _)) => "halted",
        Some((Stage::Signed(_), _)) => "signed whole",
        Some((Stage::Closed(_), _)) => "closed",
        Some((Stage::Withdrawn(_), _)) => "withdrawn",
    }
}

/// Makes a document and takes it as far.
pub fn goes(story: &mut Story, dossier: &str, to: &str) {
    if to == "none" {
        return;
    }
    if !story.ledger.dossiers.contains_key(&id(dossier)) {
        story.base(dossier, vec![digest("export")]);
    }
    let plan = plan(dossier);
    let boxes: Vec<&str> = plan.boxes().map(|(_, one)| one.name.as_str()).collect();
    match to {
        "second turn" => story.sign(dossier, &boxes[..1]),
        "halted" => {
            let signing_box = boxes[0].parse().expect("a box");
            let record = digest("why");
            story.happens(Event::DossierRefused { dossier: id(dossier), signing_box, record });
        }
        "signed whole" | "closed" => story.sign(dossier, &boxes),
        "withdrawn" => {
            let withdrawn = story.ledger.dossiers.get_mut(&id(dossier)).expect("made");
            withdrawn.withdrawn(id("2025-2026_ca-nam_quyet-dinh-mo_0009"));
        }
        _ => {}
    }
    if to == "closed" {
        story.close(dossier);
    }
    assert_eq!(far(story, dossier), to, "{dossier}");
}
