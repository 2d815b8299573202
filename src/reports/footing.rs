//! Whether a table rounded to 万元 still adds up. In 元 it always does.

use crate::domain::amount::Amount;
use crate::domain::figure::Figure;

/// A figure that totals add up, and how a row has it.
pub(crate) type Summed<Row> = (Figure, fn(&Row) -> Amount);

/// The figures whose rows, rounded one by one, miss the rounded total.
pub(crate) fn uneven_in_wan<Row>(rows: &[Row], total: &Row, figures: &[Summed<Row>]) -> Vec<Figure> {
    let misses = |value: &fn(&Row) -> Amount| {
        let rounded: Amount = rows.iter().map(|row| value(row).wan()).sum();
        rounded != value(total).wan()
    };
    figures.iter().filter(|(_, value)| misses(value)).map(|(figure, _)| *figure).collect()
}
