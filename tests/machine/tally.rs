//! How often each command came to each end, and how often each reason was met: a machine that never refuses for some
//! reason has not tried it.

use std::collections::BTreeMap;
use std::fmt;

use super::command::Verb;
use super::play::{Became, Happened};
use super::reasons::Reason;

#[derive(Debug, Default)]
pub(super) struct Tally {
    verbs: BTreeMap<(Verb, Became), u64>,
    reasons: BTreeMap<Reason, u64>,
}

impl Tally {
    pub(super) fn take(&mut self, happened: Option<Happened>) {
        let Some(happened) = happened else { return };
        *self.verbs.entry((happened.verb, happened.became)).or_default() += 1;
        for reason in happened.reasons {
            *self.reasons.entry(reason).or_default() += 1;
        }
    }

    pub(super) fn join(&mut self, other: Self) {
        for (verb, times) in other.verbs {
            *self.verbs.entry(verb).or_default() += times;
        }
        for (reason, times) in other.reasons {
            *self.reasons.entry(reason).or_default() += times;
        }
    }

    fn times(&self, verb: Verb, became: Became) -> u64 {
        self.verbs.get(&(verb, became)).copied().unwrap_or_default()
    }

    /// Ends and reasons that a run of ordinary length hardly ever came to.
    pub(super) fn unmet(&self) -> Vec<String> {
        let mut unmet = Vec::new();
        for verb in Verb::ALL {
            for (became, least) in
                [(Became::Written, 100), (Became::Tried, 3), (Became::AlreadyThere, 3), (Became::Refused, 20)]
            {
                if self.times(verb, became.clone()) < least {
                    unmet.push(format!("{verb:?} {became:?}"));
                }
            }
        }
        let rare = Reason::ALL.iter().filter(|reason| self.reasons.get(reason).is_none_or(|times| *times < 3));
        unmet.extend(rare.map(|reason| format!("{reason:?}")));
        unmet
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:>10} {:>8} {:>8} {:>8} {:>8}", "", "written", "tried", "already", "refused")?;
        for verb in Verb::ALL {
            let times = [Became::Written, Became::Tried, Became::AlreadyThere, Became::Refused]
                .map(|became| format!("{:>8}", self.times(verb, became)));
            writeln!(f, "{:>10} {}", format!("{verb:?}"), times.join(" "))?;
        }
        for reason in Reason::ALL {
            writeln!(f, "{:>8} {reason:?}", self.reasons.get(reason).copied().unwrap_or_default())?;
        }
        Ok(())
    }
}
