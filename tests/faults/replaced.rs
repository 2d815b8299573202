//! Another program saves the ledger while a row is written: Excel and WPS write a new file and give it the old one's name.

use taizhang::Exit;

use super::{LEDGER, Operation, RECORD, office};

/// Before each operation of a writer the ledger becomes another file of the same bytes. Whoever is told that the row
/// stands finds it under the ledger's name.
#[test]
fn a_row_acknowledged_stands_in_the_file_that_has_the_ledgers_name() {
    let operations = office(2).operations(RECORD);
    let synced = operations.iter().position(|operation| *operation == Operation::Sync).unwrap();
    let mut told = Vec::new();
    for at in 1..=synced + 2 {
        let office = office(2);
        let memory = office.files.memory.clone();
        office.files.between(at, move || memory.put(LEDGER, memory.bytes(LEDGER).unwrap()));
        let before = office.ledger();
        let seen = office.types(RECORD);
        let ledger = office.ledger();
        assert!(ledger.starts_with(&before), "operation {at}");
        let stands = String::from_utf8_lossy(&ledger).contains(",new,");
        let about = format!("{:?} at {at}: {}", operations[at - 1], seen.err);
        assert!([Exit::Done, Exit::Io, Exit::Unknown].contains(&seen.exit), "{about}");
        assert!(stands || seen.exit != Exit::Done, "told of a row that is not there, {about}");
        assert!(!stands || seen.exit != Exit::Io, "told that nothing changed, {about}");
        told.push(seen.exit);
    }
    assert!(told.contains(&Exit::Io) && told.contains(&Exit::Done), "{told:?}");
}
