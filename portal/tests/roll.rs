//! Loading a roll, whole: lines that contradict each other or the roll, trials, the good lines alone
//! (A.3, B.1).

use miftah_portal::model::Person;
use miftah_portal::roll::{
    Cell, Column, Heading, Keep, Loading, Names, Outcome, Reason, Refusal, Report, Sheet, Trial,
};

#[cfg(test)]
#[expect(dead_code, reason = "the kit is for all stories; each uses its part")]
mod kit;

use kit::Kit;

/// The columns that rolls have everywhere, and the pension number.
fn common() -> impl Iterator<Item = &'static Column> {
    let all = Column::ALL.iter();
    all.take_while(|column| **column != Column::FatherNameAr)
}

/// The columns in their usual order.
#[cfg(test)]
fn heading() -> Heading {
    let names: Vec<_> = common().map(|column| column.name()).collect();
    Heading::read(&names, &Names::known()).unwrap()
}

/// A line: number, document, first name.
type Line = (&'static str, &'static str, &'static str);

/// Loads lines 2, 3, ….
#[cfg(test)]
async fn load(kit: &Kit, lines: &[Line], keep: Keep, trial: Trial) -> (Report, Vec<Refusal>) {
    let sheet = Sheet::new((&kit.portal).into(), heading());
    let store = kit.portal.store.as_ref();
    let mut loading = Loading::begin(store, sheet, "roll.csv")
        .await
        .unwrap()
        .unwrap();
    let mut told = Vec::new();
    for (place, (number, document, name)) in (2..).zip(lines) {
        let cells = [
            number,
            "cin",
            document,
            "العلوي",
            "سلمى",
            "EL ALAOUI",
            name,
            "2003-04-12",
            "",
            "",
            "Droit",
            "2",
            "enrolled",
            "",
        ];
        let cells = cells.map(Cell::Text);
        loading.take(place, &cells, &mut told).await.unwrap();
    }
    let report = loading.finish(keep, trial, &mut told).await.unwrap();
    (report, told)
}

#[cfg(test)]
async fn roll(kit: &Kit) -> Vec<String> {
    let persons: Vec<Person> = kit.portal.store.first_persons(99).await.unwrap();
    persons.into_iter().map(|person| person.number).collect()
}

#[cfg(test)]
fn at(column: Column, told: &[Refusal]) -> Vec<(u64, Reason)> {
    told.iter()
        .filter(|refusal| refusal.column == Some(column))
        .map(|refusal| (refusal.line, refusal.reason.clone()))
        .collect()
}

const SALMA: Line = ("R130000001", "AB123456", "SALMA");
const SARA: Line = ("K130000002", "CD234567", "SARA");

#[tokio::test]
async fn a_number_in_two_lines_is_taken_from_neither() {
    let kit = Kit::on_disk().await;
    let twin = ("R130000001", "CD999999", "SANAE");
    let bad = ("R130000001", "CD888888", "2");
    let lines = [SALMA, SARA, twin, bad];
    let (report, told) = load(&kit, &lines, Keep::Good, Trial::Load).await;
    let twice = |lines: &[u64]| Reason::NumberTwice {
        lines: lines.to_vec(),
    };
    assert_eq!(
        at(Column::Number, &told),
        [
            (2, twice(&[4, 5])),
            (4, twice(&[2, 5])),
            (5, twice(&[2, 4]))
        ]
    );
    assert_eq!((report.refused, report.counts.added), (3, 1));
    assert_eq!(roll(&kit).await, ["K130000002"]);
}

#[tokio::test]
async fn a_line_that_only_repeats_another_counts_once() {
    let kit = Kit::on_disk().await;
    let lines = [SALMA, SARA, SALMA, SALMA];
    let (report, told) = load(&kit, &lines, Keep::AllOrNothing, Trial::Load).await;
    assert_eq!(told, []);
    assert_eq!((report.read, report.refused, report.repeated), (4, 0, 2));
    assert_eq!((report.counts.added, report.statuses["enrolled"]), (2, 2));
    assert_eq!(roll(&kit).await, ["R130000001", "K130000002"]);
}

#[tokio::test]
async fn a_document_has_one_owner() {
    let kit = Kit::on_disk().await;
    // Another spelling, the same number.
    let other = ("K130000002", "ab-123456", "SARA");
    let (report, told) = load(&kit, &[SALMA, other], Keep::Good, Trial::Load).await;
    let lines = |line| Reason::NationalIdTwice { lines: vec![line] };
    assert_eq!(
        at(Column::NationalId, &told),
        [(2, lines(3)), (3, lines(2))]
    );
    assert_eq!((report.refused, report.counts.added), (2, 0));
    assert_eq!(roll(&kit).await, Vec::<String>::new());
}

#[tokio::test]
async fn the_document_of_somebody_on_the_roll_is_given_to_nobody_else() {
    let kit = Kit::on_disk().await;
    load(&kit, &[SALMA], Keep::AllOrNothing, Trial::Load).await;
    let thief = ("K130000002", "AB123456", "SARA");
    let (report, told) = load(&kit, &[thief], Keep::Good, Trial::Load).await;
    let holder = Reason::NationalIdOnRoll {
        number: "R130000001".into(),
    };
    assert_eq!(at(Column::NationalId, &told), [(2, holder)]);
    assert_eq!((report.refused, report.outcome), (1, Outcome::Loaded));
    assert_eq!(roll(&kit).await, ["R130000001"]);
}

#[tokio::test]
async fn a_trial_and_a_refused_file_leave_nothing() {
    let kit = Kit::on_disk().await;
    let bad = ("K130000002", "CD234567", "2");
    for (lines, keep, trial, outcome) in [
        (
            vec![SALMA],
            Keep::AllOrNothing,
            Trial::DryRun,
            Outcome::WouldLoad,
        ),
        (
            vec![SALMA, bad],
            Keep::AllOrNothing,
            Trial::Load,
            Outcome::Nothing,
        ),
        (
            vec![SALMA, bad],
            Keep::AllOrNothing,
            Trial::DryRun,
            Outcome::Nothing,
        ),
        (
            vec![SALMA, bad],
            Keep::Good,
            Trial::DryRun,
            Outcome::WouldLoad,
        ),
    ] {
        let (report, _) = load(&kit, &lines, keep, trial).await;
        assert_eq!((report.outcome, report.counts.added), (outcome, 1));
        assert_eq!(roll(&kit).await, Vec::<String>::new());
    }
    let (report, _) = load(&kit, &[SALMA, bad], Keep::Good, Trial::Load).await;
    assert_eq!((report.outcome, report.refused), (Outcome::Loaded, 1));
    assert_eq!(roll(&kit).await, ["R130000001"]);
}

#[tokio::test]
async fn one_roll_is_loaded_at_a_time() {
    let kit = Kit::on_disk().await;
    let sheet = || Sheet::new((&kit.portal).into(), heading());
    let store = kit.portal.store.as_ref();
    let first = Loading::begin(store, sheet(), "a.csv").await.unwrap();
    assert!(first.is_some());
    assert!(
        Loading::begin(store, sheet(), "b.csv")
            .await
            .unwrap()
            .is_none()
    );
    // The first one died.
    kit.wait(121_000);
    assert!(
        Loading::begin(store, sheet(), "b.csv")
            .await
            .unwrap()
            .is_some()
    );
    let mut told = Vec::new();
    let late = first.unwrap();
    assert!(
        late.finish(Keep::Good, Trial::Load, &mut told)
            .await
            .is_err()
    );
}
