//! T5: made-up lives of a ledger on a careless disk, in this process: commands that end well, fail, tear or die, power
//! cuts again and again, the same commands repeated. After each the ledger begins with every byte that was acknowledged,
//! and every other write is wholly there or wholly gone.

use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use taizhang::Exit;

use crate::careless::{Careless, How};
use crate::dice::{Dice, number};
use crate::forgery::whole_rows;
use crate::office::{Office, Seen};
use crate::shop::{HEAD, LEDGER, SMALL, TOML, rows};
use crate::trial::{Share, Tally, Trial};

pub(crate) const TRIAL: Trial = Trial {
    name: "T5 lives-on-a-careless-disk",
    what: "made-up lives of a ledger, up to 50 steps each, where any subset of the unsynced bytes survives",
    run,
};

const HOWS: [How; 7] =
    [How::Dies, How::Dies, How::DiesWriting, How::Tears(28), How::Once(5), How::ForEver(5), How::DoneButFailed(5)];

fn run(share: &Share) -> Tally {
    if let Some(seed) = number("TAIZHANG_LIFE") {
        let mut tally = Tally::default();
        let lived = Life::new(seed).lives();
        tally.holds(lived.is_ok(), || format!("seed {seed}: {}", lived.unwrap_err()));
        return tally;
    }
    let lives = number("TAIZHANG_LIVES").unwrap_or(share.of(2_000, 1_000_000));
    let next = AtomicU64::new(0);
    let worker = || {
        let mut tally = Tally::default();
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= lives || !tally.faults.is_empty() {
                return tally;
            }
            let seed = share.seed * 100_000_000 + seed;
            let lived = Life::new(seed).lives();
            tally.holds(lived.is_ok(), || format!("seed {seed}: {}", lived.unwrap_err()));
        }
    };
    let mut tally = Tally::default();
    thread::scope(|scope| {
        let threads: Vec<_> = [(); 2].map(|()| scope.spawn(worker)).into();
        for thread in threads {
            tally.add(thread.join().unwrap());
        }
    });
    tally
}

/// Something that is to be written: its line, which repeats exactly, and how many rows it makes, all with its mark as memo.
struct Write {
    line: String,
    mark: String,
    rows: usize,
    is_acknowledged: bool,
}

/// One ledger from its opening on.
struct Life {
    office: Office<Careless>,
    dice: Dice,
    writes: Vec<Write>,
    /// The ledger when a write was last acknowledged.
    acknowledged: Vec<u8>,
    told: Vec<String>,
}

impl Life {
    fn new(seed: u64) -> Self {
        let disk = Careless::new(seed);
        disk.put(TOML, SMALL.as_bytes());
        let mut life = Self {
            office: Office::on(disk),
            dice: Dice(!seed),
            writes: Vec::new(),
            acknowledged: Vec::new(),
            told: Vec::new(),
        };
        // The rows of an opening carry the names of the allocations, so it is known by its first row.
        life.writes.push(Write {
            line: "open --yes --id w0.".into(),
            mark: "w0.".into(),
            rows: 1,
            is_acknowledged: false,
        });
        life
    }

    fn lives(mut self) -> Result<(), String> {
        let lived = self.steps().and_then(|()| self.ends_well());
        let left = || [LEDGER, HEAD].map(|name| String::from_utf8_lossy(&self.office.files.bytes(name)).into_owned());
        lived.map_err(|why| format!("{why}\n    {}\n{}", self.told.join("\n    "), left().join("\n")))
    }

    fn steps(&mut self) -> Result<(), String> {
        // Most lives are short, so that many are lived; some are long.
        let most = match self.dice.below(20) {
            0 => 50,
            1..5 => 12,
            _ => 4,
        };
        for _ in 0..=self.dice.below(most) {
            match self.dice.below(10) {
                0 => self.loses_power()?,
                1 => drop(self.reads()?),
                2 | 3 => {
                    let which = self.dice.index(self.writes.len());
                    self.writes(which)?;
                }
                _ if !self.writes[0].is_acknowledged => self.writes(0)?,
                _ => {
                    self.thinks_up();
                    self.writes(self.writes.len() - 1)?;
                }
            }
        }
        Ok(())
    }

    /// A new thing to write.
    fn thinks_up(&mut self) {
        let number = self.writes.len();
        let mark = format!("w{number}.");
        let long = if self.dice.chance(3) { "长".repeat(self.dice.index(400)) } else { String::new() };
        let (amount, id) = (self.dice.below(99) + 1, format!("--memo {mark}{long} --id {mark}"));
        let (line, rows) = match self.dice.below(5) {
            0 => (format!("record --amount 2.00 --split travel=1.00 --split food=1.00 {id}"), 2),
            1 => (format!("transfer --from travel --to food --amount 0.{amount:02} --doc 某字〔2022〕1号 {id}"), 2),
            2 => {
                let file = format!("table-{number}.csv");
                let row = |row: u64| format!("2022-03-05,travel,{row}.{number:02},{mark}{long}\n");
                let text: String = (1..=3).map(row).collect();
                self.office.files.put(&file, format!("date,allocation,amount,memo\n{text}").as_bytes());
                (format!("import {file}"), 3)
            }
            _ => (format!("record -a travel --amount 0.{amount:02} {id}"), 1),
        };
        self.writes.push(Write { line, mark, rows, is_acknowledged: false });
    }

    fn types(&mut self, line: &str) -> Seen {
        self.office.types(&format!("-b {TOML} {line}"))
    }

    /// Writes, or writes again, and half the time something fails meanwhile.
    fn writes(&mut self, which: usize) -> Result<(), String> {
        let line = self.writes[which].line.clone();
        let before = self.office.files.bytes(LEDGER);
        let fault = self.dice.chance(2).then(|| (self.dice.index(60) + 1, HOWS[self.dice.index(HOWS.len())]));
        if let Some((at, how)) = fault {
            self.office.files.fails(at, how);
        }
        let seen = self.types(&line);
        let died = self.office.files.heals();
        self.told.push(format!("{line}: {fault:?}: {}", if died { "died".into() } else { format!("{:?}", seen.exit) }));
        let after = self.office.files.bytes(LEDGER);
        // An unfinished tail may be gone by then, and is no row.
        let is_unchanged = || whole_rows(&after) == whole_rows(&before);
        match seen.exit {
            _ if died => {}
            Exit::Done | Exit::NotReported => {
                self.writes[which].is_acknowledged = true;
                self.acknowledged = whole_rows(&after).to_vec();
            }
            Exit::Io if is_unchanged() => {}
            Exit::Unknown => {}
            // Whatever is put off until there is a ledger: an opening that was not done.
            Exit::Refused if !self.writes[0].is_acknowledged => {}
            Exit::No | Exit::Usage | Exit::Refused | Exit::Integrity | Exit::Io | Exit::Busy => {
                return Err(format!("{line}: {seen:?}"));
            }
        }
        self.holds()?;
        if died && !self.dice.chance(4) || self.dice.chance(6) {
            self.loses_power()?;
        }
        Ok(())
    }

    fn loses_power(&mut self) -> Result<(), String> {
        self.told.push("the power fails".into());
        self.office.files.loses_power();
        self.holds()
    }

    /// What must hold at any time.
    fn holds(&mut self) -> Result<(), String> {
        if self.office.files.bytes(LEDGER).starts_with(&self.acknowledged) {
            return Ok(());
        }
        Err("acknowledged and lost".into())
    }

    /// A reader counts whole writes and no others.
    fn reads(&mut self) -> Result<Option<Seen>, String> {
        self.told.push("verify".into());
        let seen = self.types("verify -f json");
        let ledger = self.office.files.bytes(LEDGER);
        if ledger.is_empty() && self.acknowledged.is_empty() {
            return Ok(None);
        }
        if seen.exit != Exit::Done {
            return Err(format!("a reader: {seen:?}"));
        }
        let whole = whole_rows(&ledger);
        let found = rows(whole);
        if seen.json()["rows"] != found.len() {
            return Err(format!("{} rows, and a reader: {seen:?}", found.len()));
        }
        for write in &self.writes {
            let there = found.iter().filter(|row| row[9].starts_with(&write.mark) || row[18] == write.mark).count();
            let is_whole = there == write.rows || (there == 0 && !write.is_acknowledged);
            if !is_whole {
                return Err(format!("{}: {there} rows of {}", write.line, write.rows));
            }
        }
        Ok(Some(seen))
    }

    /// Nothing fails any more: everything is written in the end, once.
    fn ends_well(&mut self) -> Result<(), String> {
        self.reads()?;
        for which in 0..self.writes.len() {
            let line = self.writes[which].line.clone();
            let seen = self.types(&line);
            if seen.exit != Exit::Done {
                return Err(format!("{line}: in the end {seen:?}"));
            }
            self.told.push(format!("{line}: in the end"));
            self.holds()?;
            self.writes[which].is_acknowledged = true;
        }
        let seen = self.reads()?;
        let has_head = !self.office.files.bytes(HEAD).is_empty();
        if seen.is_some_and(|seen| seen.err.is_empty()) && has_head {
            Ok(())
        } else {
            Err("in the end not clean".into())
        }
    }
}
