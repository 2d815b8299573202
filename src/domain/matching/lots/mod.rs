//! What has one amount, put together in stages. Items of one side that only their names tell apart are one lot: which
//! of them goes where is nobody's question, as long as all of them go.

use super::assignment::{self, Assigned, Edge, Flow};
use super::spellings::NOTHING;
use super::table::{Bound, Item, Places, Table};
use super::ties::Knots;

mod loosely;
mod outcome;

/// The most edges one stage may weigh; what would be more is left open.
const MOST_EDGES: usize = 2_000_000;

/// Items of one side with one day, payee and bound.
#[derive(Debug, Clone)]
pub(super) struct Lot {
    pub(super) day: i32,
    pub(super) payee: u32,
    pub(super) bound: Bound,
    pub(super) places: Vec<usize>,
    /// How many are not paired yet.
    pub(super) left: usize,
    /// The knot that what is left of it is tied up in.
    pub(super) knot: Option<usize>,
}

/// How strong the ground is on which two lots were paired.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    Day,
    Window,
    Loosely,
}

/// Some of a ledger's lot paired with as many of a statement's; none, where they only might be.
#[derive(Debug, Clone)]
pub(super) struct Pairing {
    pub(super) ledger: usize,
    pub(super) statement: usize,
    pub(super) units: usize,
    pub(super) stage: Stage,
    pub(super) knot: Option<usize>,
}

/// Lots of one amount, and how they are paired so far.
pub(super) struct Group {
    pub(super) ledger: Vec<Lot>,
    pub(super) statement: Vec<Lot>,
    pub(super) pairings: Vec<Pairing>,
    pub(super) knots: Knots,
    /// `None` under one payment number, where neither day nor payee can forbid a pair.
    pub(super) window: Option<u32>,
}

/// Lots that can be told apart, but not by whom they may be paired with.
type Node = Vec<usize>;

impl Group {
    pub(super) fn new(table: &Table, ledger: &[usize], statement: &[usize], window: Option<u32>) -> Self {
        let bound =
            |items: &[Item], places: &[usize]| places.iter().any(|place| matches!(items[*place].bound, Bound::To(_)));
        // A number that nobody knows says nothing where nobody's number is known.
        let (ours, theirs) = (bound(&table.ledger.items, ledger), bound(&table.statement.items, statement));
        Self {
            ledger: lots(&table.ledger.items, ledger, theirs),
            statement: lots(&table.statement.items, statement, ours),
            pairings: Vec::new(),
            knots: Knots::default(),
            window,
        }
    }

    /// Pairs what can be paired. Under one payment number it tells what is left, unless something is left open.
    pub(super) fn settle(mut self, table: &mut Table) -> Option<Places> {
        for (ledger, statement) in runs(&self.ledger, &self.statement) {
            self.on_one_day(&ledger, &statement);
            self.on_near_days(&ledger, &statement);
        }
        self.loosely(table);
        self.weigh_what_is_left();
        self.weigh_days_between(table);
        self.weigh_whole_lots();
        self.put_down(table)
    }

    /// Stage one for one payee: the same day.
    fn on_one_day(&mut self, ledger: &[usize], statement: &[usize]) {
        if self.ledger[ledger[0]].payee == NOTHING {
            return;
        }
        let mut rest = statement;
        let day = |lot: &usize| self.ledger[*lot].day;
        let days: Vec<(i32, &[usize])> =
            ledger.chunk_by(|one, other| day(one) == day(other)).map(|rows| (day(&rows[0]), rows)).collect();
        for (day, rows) in days {
            rest = &rest[rest.partition_point(|lot| self.statement[*lot].day < day)..];
            let lines = &rest[..rest.partition_point(|lot| self.statement[*lot].day == day)];
            if !lines.is_empty() {
                self.assign(singles(rows), singles(lines), Some(0), Stage::Day);
            }
        }
    }

    /// Stage two for one payee: days near each other.
    fn on_near_days(&mut self, ledger: &[usize], statement: &[usize]) {
        if self.ledger[ledger[0]].payee == NOTHING {
            return;
        }
        let rows: Node = ledger.iter().copied().filter(|lot| self.ledger[*lot].is_waiting()).collect();
        let lines: Node = statement.iter().copied().filter(|lot| self.statement[*lot].is_waiting()).collect();
        // No test can tell: without one side there is nothing to assign.
        if !rows.is_empty() && !lines.is_empty() {
            self.assign(singles(&rows), singles(&lines), self.window, Stage::Window);
        }
    }

    /// Assigns nodes in ascending order of days, each with each within the window.
    fn assign(&mut self, ledger: Vec<Node>, statement: Vec<Node>, window: Option<u32>, stage: Stage) {
        let mut edges = Vec::new();
        let mut first = 0;
        for (left, row) in ledger.iter().enumerate() {
            let row = &self.ledger[row[0]];
            let reach =
                |line: &Node| window.is_none_or(|window| row.day.abs_diff(self.statement[line[0]].day) <= window);
            // No test can tell: a line of the same day is always within reach.
            while first < statement.len()
                && self.statement[statement[first][0]].day < row.day
                && !reach(&statement[first])
            {
                first += 1;
            }
            for (right, line) in statement.iter().enumerate().skip(first).take_while(|(_, line)| reach(line)) {
                edges.extend(self.edge(left, row, right, &self.statement[line[0]]));
            }
            // No test can tell: what has as many takes too many steps as well.
            if edges.len() > MOST_EDGES {
                break;
            }
        }
        self.record(&ledger, &statement, &edges, stage);
    }

    pub(super) fn edge(&self, left: usize, row: &Lot, right: usize, line: &Lot) -> Option<Edge> {
        let cost = i64::from(row.day.abs_diff(line.day));
        (!row.bound.contradicts(line.bound)).then_some(Edge { left, right, cost })
    }

    /// Chooses among the edges, and keeps what was chosen.
    pub(super) fn record(&mut self, ledger: &[Node], statement: &[Node], edges: &[Edge], stage: Stage) {
        // No test can tell: it is left open after too many steps as well, only later.
        if edges.len() > MOST_EDGES {
            let knot = self.knots.tie();
            ledger.iter().flatten().for_each(|lot| self.ledger[*lot].knot = Some(knot));
            statement.iter().flatten().for_each(|lot| self.statement[*lot].knot = Some(knot));
            return;
        }
        let units = |lots: &[Lot], nodes: &[Node]| -> Vec<usize> {
            nodes.iter().map(|node| node.iter().map(|lot| lots[*lot].left).sum()).collect()
        };
        let (rows, lines) = (units(&self.ledger, ledger), units(&self.statement, statement));
        let mut chosen = assignment::assigned(&rows, &lines, edges);
        let knots: Vec<usize> = (0..chosen.knots).map(|_| self.knots.tie()).collect();
        for knot in
            chosen.left.iter_mut().chain(&mut chosen.right).chain(chosen.flows.iter_mut().map(|flow| &mut flow.knot))
        {
            *knot = knot.map(|knot| knots[knot]);
        }
        self.tie_mixed(ledger, statement, &rows, &lines, &mut chosen);
        for flow in &chosen.flows {
            self.hand_out(&ledger[flow.left], &statement[flow.right], flow, stage);
        }
        for (node, knot) in ledger.iter().zip(chosen.left) {
            node.iter().for_each(|lot| self.ledger[*lot].knot = knot);
        }
        for (node, knot) in statement.iter().zip(chosen.right) {
            node.iter().for_each(|lot| self.statement[*lot].knot = knot);
        }
    }

    /// A node of several lots is settled only when all of it goes to one lot; else which of them goes is a guess.
    fn tie_mixed(
        &mut self,
        ledger: &[Node],
        statement: &[Node],
        rows: &[usize],
        lines: &[usize],
        chosen: &mut Assigned,
    ) {
        let count = |nodes: &[Node], of: &dyn Fn(&Flow) -> usize| {
            let mut counted = vec![(0, 0, false); nodes.len()];
            for flow in &chosen.flows {
                let (flows, units, is_mixed) = &mut counted[of(flow)];
                *flows += 1;
                *units += flow.units;
                *is_mixed |= ledger[flow.left].len() > 1 && statement[flow.right].len() > 1;
            }
            counted
        };
        let (left, right) = (count(ledger, &|flow| flow.left), count(statement, &|flow| flow.right));
        for (nodes, units, counted, is_left) in [(ledger, rows, left, true), (statement, lines, right, false)] {
            for (node, (flows, used, is_mixed)) in counted.into_iter().enumerate() {
                if nodes[node].len() == 1 || used == 0 || (flows == 1 && used == units[node] && !is_mixed) {
                    continue;
                }
                let mut knot = if is_left { chosen.left[node] } else { chosen.right[node] };
                let at_node = |flow: &&mut Flow| (if is_left { flow.left } else { flow.right }) == node;
                for flow in chosen.flows.iter_mut().filter(at_node) {
                    knot = Some(self.knots.join(knot, flow.knot));
                    flow.knot = knot;
                }
                *(if is_left { &mut chosen.left[node] } else { &mut chosen.right[node] }) = knot;
            }
        }
    }

    fn hand_out(&mut self, rows: &[usize], lines: &[usize], flow: &Flow, stage: Stage) {
        let mut units = flow.units;
        if units == 0 {
            // It says only what might be, which the stages after this one weigh.
            let (ledger, statement) = (rows[0], lines[0]);
            self.pairings.push(Pairing { ledger, statement, units, stage, knot: flow.knot });
            return;
        }
        let (mut rows, mut lines) = (rows.iter().copied().peekable(), lines.iter().copied().peekable());
        while let (Some(ledger), Some(statement)) = (rows.peek().copied(), lines.peek().copied()) {
            let paired = units.min(self.ledger[ledger].left).min(self.statement[statement].left);
            // No test can tell: a lot that is used up is one of several that are tied up together.
            if paired > 0 {
                self.ledger[ledger].left -= paired;
                self.statement[statement].left -= paired;
                self.pairings.push(Pairing { ledger, statement, units: paired, stage, knot: flow.knot });
            }
            units -= paired;
            if self.ledger[ledger].left == 0 {
                rows.next();
            }
            if self.statement[statement].left == 0 {
                lines.next();
            }
            if units == 0 {
                return;
            }
        }
    }
}

impl Lot {
    pub(super) fn is_waiting(&self) -> bool {
        self.left > 0 && self.knot.is_none()
    }
}

/// The lots of these items, by payee, day and bound.
fn lots(items: &[Item], places: &[usize], elsewhere_counts: bool) -> Vec<Lot> {
    let bound = |item: &Item| {
        if item.bound == Bound::Elsewhere && !elsewhere_counts { Bound::Free } else { item.bound }
    };
    let key = |place: &usize| (items[*place].payee, items[*place].day, bound(&items[*place]));
    let mut sorted = places.to_vec();
    sorted.sort_unstable_by_key(|place| (key(place), *place));
    let lot = |places: &[usize]| {
        let (payee, day, bound) = key(&places[0]);
        Lot { day, payee, bound, places: places.to_vec(), left: places.len(), knot: None }
    };
    sorted.chunk_by(|one, other| key(one) == key(other)).map(lot).collect()
}

/// The places of the lots of each payee that both sides have.
fn runs(ledger: &[Lot], statement: &[Lot]) -> Vec<(Node, Node)> {
    let mut runs = Vec::new();
    let (mut row, mut line) = (0, 0);
    while row < ledger.len() && line < statement.len() {
        let payee = ledger[row].payee.min(statement[line].payee);
        let rows = row..row + ledger[row..].partition_point(|lot| lot.payee <= payee);
        let lines = line..line + statement[line..].partition_point(|lot| lot.payee <= payee);
        (row, line) = (rows.end, lines.end);
        if !rows.is_empty() && !lines.is_empty() {
            runs.push((rows.collect(), lines.collect()));
        }
    }
    runs
}

fn singles(lots: &[usize]) -> Vec<Node> {
    lots.iter().map(|lot| vec![*lot]).collect()
}
