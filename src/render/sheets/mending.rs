//! The sheets of `repair`: what is wrong and what mends it, or what was done.

use super::super::sheet::{Cell, Field, Sheet};
use super::record;
use crate::domain::budget::Language;
use crate::domain::mending::Mended;
use crate::lang::{self, MendingWord};
use crate::reports::mending::{Examined, HeadIs, Mending, Needs};

/// What is wrong with a ledger, and what to type.
pub(crate) fn examined(report: &Examined, language: Language) -> Sheet {
    let say = |word: MendingWord| lang::mending(language, &word);
    let rows = report.rows;
    let heading = match report.needs {
        Needs::Nothing => MendingWord::Sound { rows },
        Needs::NextWriter => MendingWord::NextWriter { rows },
        Needs::Mending(mended) => match report.changed {
            Some(row) => MendingWord::Changed { row },
            None => MendingWord::Needs(mended),
        },
        Needs::Completing => MendingWord::Completing { row: rows },
        Needs::Finishing(_) => MendingWord::Unfinished,
        Needs::Restoring => MendingWord::Resaved,
        Needs::Beyond => MendingWord::Beyond,
    };
    let head = match report.head {
        HeadIs::Missing => MendingWord::HeadMissing,
        HeadIs::Unreadable => MendingWord::HeadUnreadable,
        HeadIs::Agreeing { .. } => MendingWord::HeadAgrees,
        HeadIs::OfAnother { rows } => MendingWord::HeadOfAnother { rows },
        HeadIs::Further { rows } => MendingWord::HeadFurther { rows },
    };
    let text = |text: &str| Cell::Text(text.to_owned());
    let number = |number: Option<u64>| number.map_or(Cell::Empty, Cell::Number);
    let mut fields = vec![
        Field::hidden("state", text(report.needs.key())),
        Field::shown("rows", say(MendingWord::Rows), Cell::Number(rows)),
        Field::hidden("bytes", Cell::Number(report.bytes)),
        Field::hidden("hash", report.digest.map_or(Cell::Empty, |digest| Cell::Text(digest.to_string()))),
        bytes("bytes_behind", MendingWord::Behind, report.behind, language),
        Field::shown("head", say(MendingWord::Head), text(report.head.key())).saying(say(head)),
        Field::hidden("head_rows", number(report.head.rows())),
    ];
    fields.push(Field::hidden("changed_row", number(report.changed)));
    fields.extend(lost(report.lost, language));
    fields.push(match &report.copy {
        Some((path, rows)) => Field::shown("copy", say(MendingWord::Copy), text(path))
            .saying(say(MendingWord::CopyHolds { path: path.clone(), rows: *rows })),
        None => Field::hidden("copy", Cell::Empty),
    });
    fields.push(Field::hidden("copy_rows", number(report.copy.as_ref().map(|(_, rows)| *rows))));
    fields.push(match &report.command {
        Some(command) => Field::shown("command", say(MendingWord::Command), text(command)),
        None => Field::hidden("command", Cell::Empty),
    });
    let advice = match report.needs {
        _ if report.copy.is_some() && report.command.is_some() => Some(MendingWord::AdviceCopy),
        _ if report.copy.is_some() && report.is_piece => {
            Some(MendingWord::AdvicePiece { ledger: report.ledger.clone() })
        }
        _ if report.copy.is_some() => Some(MendingWord::AdviceShortCopy { ledger: report.ledger.clone() }),
        Needs::NextWriter => Some(MendingWord::AdviceNextWriter),
        Needs::Nothing if report.head == HeadIs::Missing => Some(MendingWord::AdviceNoHead),
        Needs::Nothing | Needs::Finishing(_) | Needs::Restoring | Needs::Beyond => None,
        Needs::Completing => Some(MendingWord::AdviceCompleting),
        Needs::Mending(_) if report.changed.is_some() => Some(MendingWord::AdviceChanged),
        Needs::Mending(_) if report.lost.is_some() => Some(MendingWord::AdviceLost),
        Needs::Mending(Mended::Head) => Some(MendingWord::AdviceHead),
        Needs::Mending(Mended::Tail) => Some(MendingWord::AdviceTail),
        Needs::Mending(Mended::Missing) => Some(MendingWord::AdviceLost),
    };
    let in_vain = (report.copy.is_none() && report.gives_up_rows).then_some(MendingWord::NoCopy);
    let notes = advice.into_iter().chain(in_vain).map(say).collect();
    Sheet { notes, ..record("taizhang.examination/1", say(heading), fields) }
}

/// What a repair did, or would do.
pub(crate) fn mending(report: &Mending, language: Language) -> Sheet {
    let say = |word: MendingWord| lang::mending(language, &word);
    let (seq, mended) = (report.seq, report.repair.mended);
    let heading = match (report.already_recorded, report.dry_run, report.repair.completed) {
        (true, _, _) => MendingWord::Already { seq },
        (false, true, Some(row)) => MendingWord::WouldComplete { row, seq },
        (false, false, Some(row)) => MendingWord::Completed { row, seq },
        (false, true, None) => MendingWord::Would { mended, seq },
        (false, false, None) => MendingWord::Done { mended, seq },
    };
    let file = |key, word, ending: &Option<String>| match ending {
        Some(ending) => Field::shown(key, say(word), Cell::Text(format!("{}{ending}", report.ledger))),
        None => Field::hidden(key, Cell::Empty),
    };
    let repair = &report.repair;
    let mut fields = vec![
        Field::hidden("seq", Cell::Number(seq)),
        Field::hidden("repaired", Cell::Text(mended.key().to_owned())),
        file("kept", MendingWord::Kept, &repair.kept),
        file("head_kept", MendingWord::HeadKept, &repair.head_kept),
        bytes("bytes_cut", MendingWord::Cut, repair.cut, language),
        Field::hidden("completed", repair.completed.map_or(Cell::Empty, Cell::Number)),
    ];
    fields.extend(lost(repair.lost, language));
    let shown = |key, label: String, value: Option<String>| match value {
        Some(value) => Field::shown(key, label, Cell::Text(value)),
        None => Field::hidden(key, Cell::Empty),
    };
    let label = |phrase| lang::phrase(language, &phrase);
    fields.push(shown("reason", say(MendingWord::Reason), repair.reason.clone()));
    fields.push(shown("id", label(lang::Phrase::FieldId), report.id.clone()));
    let digest = report.digest.map(|digest| digest.to_string());
    fields.push(shown("hash", label(lang::Phrase::FieldDigest), digest));
    fields.push(Field::hidden("already_recorded", Cell::Flag(report.already_recorded)));
    fields.push(Field::hidden("dry_run", Cell::Flag(report.dry_run)));
    let again = repair.lost.map(|(first, last)| say(MendingWord::EnterAgain { first, last }));
    let next = (!report.dry_run).then(|| say(MendingWord::NextVerify));
    let notes = again.into_iter().chain(next).collect();
    Sheet { notes, ..record("taizhang.repair/1", say(heading), fields) }
}

fn bytes(key: &'static str, word: MendingWord, bytes: u64, language: Language) -> Field {
    if bytes == 0 {
        return Field::hidden(key, Cell::Number(0));
    }
    let said = lang::mending(language, &MendingWord::Bytes(bytes));
    Field::shown(key, lang::mending(language, &word), Cell::Number(bytes)).saying(said)
}

/// The rows that are given up: for people a line, for programs the first and the last.
fn lost(rows: Option<(u64, u64)>, language: Language) -> [Field; 2] {
    let Some((first, last)) = rows else {
        return ["lost_from", "lost_to"].map(|key| Field::hidden(key, Cell::Empty));
    };
    let said = lang::mending(language, &MendingWord::LostRows { first, last });
    let label = lang::mending(language, &MendingWord::Lost);
    [Field::shown("lost_from", label, Cell::Number(first)).saying(said), Field::hidden("lost_to", Cell::Number(last))]
}
