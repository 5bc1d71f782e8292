use papers::{Kind, Language, What, table};

use crate::sample;

fn csv(paper: &papers::Paper) -> String {
    let mut bytes = Vec::new();
    table::write_csv(paper, &mut bytes).expect("memory takes it");
    String::from_utf8(bytes).expect("UTF-8")
}

#[test]
fn the_lines_are_said_as_csv() {
    let paper = sample::short(Kind::Statement, Language::Ru);
    let said = csv(&paper);
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines[0], "Дата,Наименование,Подробности,Количество,Сумма,Валюта");
    assert_eq!(lines[1], "2026-10-01,Комиссия,\"Winter boots, sale\",1,80.15,EUR");
    assert_eq!(lines[4], "2026-10-04,Списание,\"Trail Premium, lead\",,-82.46,EUR");
    assert_eq!(lines.len(), 7);
}

#[test]
fn no_cell_is_a_formula() {
    let mut paper = sample::short(Kind::Statement, Language::En);
    for (line, evil) in paper.lines.iter_mut().zip(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1"]) {
        line.detail = Some(evil.to_owned());
    }
    let said = csv(&paper);
    assert_eq!(said.matches(",'").count() + said.matches(",\"'").count(), 6, "{said}");
}

#[test]
fn the_sheet_is_the_same_for_the_same_paper() {
    let mut paper = sample::wide(Language::Pl);
    paper.lines[0].what = What::Bonus;
    let first = table::write_xlsx(&paper).expect("a sheet");
    assert!(first.starts_with(b"PK"));
    assert_eq!(first, table::write_xlsx(&paper).expect("a sheet"));
}
