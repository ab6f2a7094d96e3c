//! First lines of rolls, as offices write them.

use miftah_rules::profile::NationalIdKind;

use super::super::{Column, Heading, HeadingFault, Names, Reason};
use super::{SALMA, read_under};

#[test]
fn columns_stand_in_any_order() {
    let mut names: Vec<_> = Column::ALL
        .iter()
        .take(SALMA.len())
        .map(|column| column.name())
        .collect();
    names.reverse();
    names.extend(["", " "]);
    let heading = Heading::read(&names, &Names::known()).unwrap();
    let mut cells = SALMA.to_vec();
    cells.reverse();
    cells.extend(["", " "]);
    let read = read_under(heading, &[&cells]);
    assert_eq!(read.refusals, []);
    assert_eq!(read.lines[0].person.first_name_latin, "SALMA");
}

#[test]
fn columns_have_the_names_that_offices_give_them() {
    let names = [
        "Code Massar",
        "الاسم العائلي",
        "الاسم الشخصي",
        "NOM",
        "Prénom",
        "Date de naissance",
        "N° CIN",
        "Sexe",
        "Filière",
        "الوضعية",
    ];
    let heading = Heading::read(&names, &Names::known()).unwrap();
    assert_eq!(heading.unread(), ["Sexe"]);
    let lacking = [
        Column::NationalIdKind,
        Column::Email,
        Column::Phone,
        Column::Year,
        Column::PensionNumber,
    ];
    let lacks = Column::ALL
        .iter()
        .take(SALMA.len())
        .filter(|c| heading.lacks(**c));
    assert!(lacks.eq(&lacking));
    let line = |document| {
        [
            "R130000001",
            "العلوي",
            "سلمى",
            "EL ALAOUI",
            "SALMA",
            "12/04/2003",
            document,
            "F",
            "Droit",
            "enrolled",
        ]
    };
    let kind = |document| {
        let read = read_under(heading.clone(), &[&line(document)]);
        assert_eq!(read.refusals, [], "{document}");
        read.lines[0].person.national_id_kind
    };
    // The first kind of the profile whose shape it has.
    assert_eq!(kind("AB123456"), NationalIdKind::Cin);
    assert_eq!(kind("K048213L"), NationalIdKind::ResidenceCard);
    assert_eq!(kind("X1234Y789"), NationalIdKind::Passport);
    let refused = read_under(heading, &[&line("1")]).refusals;
    assert!(
        matches!(refused[0].reason, Reason::Number(_)),
        "{refused:?}"
    );
}

#[test]
fn a_heading_can_be_named_by_hand() {
    let mut names: Vec<_> = Column::ALL
        .iter()
        .take(SALMA.len())
        .map(|column| column.name())
        .collect();
    names[0] = "Identifiant interne";
    let fault = Heading::read(&names, &Names::known()).unwrap_err();
    assert_eq!(fault.missing, [Column::Number]);
    assert_eq!(fault.unknown, ["Identifiant interne"]);
    let mut known = Names::known();
    known.add("IDENTIFIANT-INTERNE", Column::Number);
    assert!(Heading::read(&names, &known).is_ok());
}

#[test]
fn a_heading_tells_all_its_faults_at_once() {
    let names = ["student_number", "", "الاسم", "status", "STATUS", ""];
    let fault = Heading::read(&names, &Names::known()).unwrap_err();
    assert_eq!(fault.unknown, ["#2", "الاسم"]);
    assert_eq!(fault.twice, [Column::Status]);
    let needed = Column::ALL
        .iter()
        .take(SALMA.len())
        .copied()
        .filter(|column| !column.may_lack());
    let needed: Vec<_> = needed.collect();
    assert_eq!(fault.missing.len(), needed.len() - 2);
    assert!(!fault.missing.contains(&Column::Status));
    let nothing = HeadingFault {
        missing: needed,
        ..HeadingFault::default()
    };
    assert_eq!(Heading::read(&[], &Names::known()), Err(nothing));
}
