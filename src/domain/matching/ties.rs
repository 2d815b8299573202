//! Where a best choice is not the only best one: the knots of a graph, in which units could go round at no cost.

/// An edge between two nodes, and which of its ways are open at no cost.
#[derive(Debug, Clone, Copy)]
pub(super) struct Standing {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) onward: bool,
    pub(super) back: bool,
}

/// For each node the knot it lies in, and how many knots there are. To and fro on one edge changes nothing, so a knot
/// is a set of nodes that all reach each other and hold a ring; what merely hangs on one is cut off.
pub(super) fn knots(edges: usize, nodes: usize, standing: impl Fn(usize) -> Standing) -> (Vec<Option<usize>>, usize) {
    let open: Vec<Standing> = (0..edges).map(standing).filter(|edge| edge.onward || edge.back).collect();
    let mut ways = vec![Vec::new(); nodes];
    let mut reverse = vec![Vec::new(); nodes];
    for edge in &open {
        for (from, to, is_open) in [(edge.from, edge.to, edge.onward), (edge.to, edge.from, edge.back)] {
            if is_open {
                ways[from].push(to);
                reverse[to].push(from);
            }
        }
    }
    let group = mutually_reached(&ways, &reverse);
    let mut beside = vec![Vec::new(); nodes];
    for edge in open.iter().filter(|edge| group[edge.from] == group[edge.to]) {
        beside[edge.from].push(edge.to);
        beside[edge.to].push(edge.from);
    }
    let mut degree: Vec<usize> = beside.iter().map(Vec::len).collect();
    let mut hanging: Vec<usize> = (0..nodes).filter(|node| degree[*node] == 1).collect();
    while let Some(node) = hanging.pop() {
        degree[node] = 0;
        for other in &beside[node] {
            if degree[*other] > 0 {
                degree[*other] -= 1;
                if degree[*other] == 1 {
                    hanging.push(*other);
                }
            }
        }
    }
    let mut numbers = vec![None; nodes];
    let mut most = 0;
    let knots = (0..nodes).map(|node| {
        (degree[node] > 0).then(|| {
            *numbers[group[node]].get_or_insert_with(|| {
                most += 1;
                most - 1
            })
        })
    });
    (knots.collect(), most)
}

/// Numbers the sets of nodes that all reach each other (Kosaraju's two walks).
fn mutually_reached(ways: &[Vec<usize>], reverse: &[Vec<usize>]) -> Vec<usize> {
    let mut left_in_order = Vec::with_capacity(ways.len());
    let mut seen = vec![false; ways.len()];
    for start in 0..ways.len() {
        if seen[start] {
            continue;
        }
        seen[start] = true;
        let mut walk = vec![(start, 0)];
        while let Some((node, next)) = walk.last_mut() {
            if let Some(to) = ways[*node].get(*next) {
                *next += 1;
                if !seen[*to] {
                    seen[*to] = true;
                    walk.push((*to, 0));
                }
            } else {
                left_in_order.push(*node);
                walk.pop();
            }
        }
    }
    let mut group = vec![usize::MAX; ways.len()];
    for start in left_in_order.into_iter().rev() {
        let mut walk = vec![start];
        while let Some(node) = walk.pop() {
            if group[node] == usize::MAX {
                group[node] = start;
                walk.extend(reverse[node].iter().filter(|from| group[**from] == usize::MAX));
            }
        }
    }
    group
}

/// Sets that grow together.
pub(super) struct Union {
    above: Vec<usize>,
}

impl Union {
    pub(super) fn new(nodes: usize) -> Self {
        Self { above: (0..nodes).collect() }
    }

    pub(super) fn add(&mut self) -> usize {
        self.above.push(self.above.len());
        self.above.len() - 1
    }

    pub(super) fn root(&mut self, mut node: usize) -> usize {
        while self.above[node] != node {
            self.above[node] = self.above[self.above[node]];
            node = self.above[node];
        }
        node
    }

    /// The smaller root stays, so that the order of joining doesn't show.
    pub(super) fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        self.above[one.max(other)] = one.min(other);
    }
}

/// Knots that may turn out to be one.
pub(super) struct Knots(Union);

impl Default for Knots {
    fn default() -> Self {
        Self(Union::new(0))
    }
}

impl Knots {
    pub(super) fn root(&mut self, knot: usize) -> usize {
        self.0.root(knot)
    }

    pub(super) fn tie(&mut self) -> usize {
        self.0.add()
    }

    /// One knot out of two, or a new one out of none.
    pub(super) fn join(&mut self, one: Option<usize>, other: Option<usize>) -> usize {
        match (one, other) {
            (Some(one), Some(other)) => {
                self.0.join(one, other);
                one
            }
            (Some(knot), None) | (None, Some(knot)) => knot,
            (None, None) => self.tie(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_merely_hangs_on_a_ring_is_no_part_of_the_knot() {
        // A ring of three, open one way round; and a chain that hangs on it, open both ways.
        let ring = [(0, 1), (1, 2), (2, 0)].map(|(from, to)| Standing { from, to, onward: true, back: false });
        let chain = [(2, 3), (3, 4), (4, 5)].map(|(from, to)| Standing { from, to, onward: true, back: true });
        let edges = [ring, chain].concat();
        let (found, count) = knots(edges.len(), 6, |edge| edges[edge]);
        assert_eq!((found, count), (vec![Some(0), Some(0), Some(0), None, None, None], 1));
    }
}
