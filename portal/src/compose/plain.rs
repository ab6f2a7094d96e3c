//! The text part of a mail. Latin runs are isolated, so an Arabic line keeps its order in any
//! mail program; links stand alone on their line, bare, so that programs recognise them whole.

use miftah_messages::Text;

use super::mail::{Mail, Part};

pub(super) fn part(mail: &Mail) -> String {
    let mut blocks: Vec<String> = mail.parts.iter().map(block).collect();
    if !mail.footer.is_empty() {
        blocks.push(format!("—\n{}", lines(&mail.footer)));
    }
    let mut out = blocks.join("\n\n");
    out.push('\n');
    out
}

fn block(part: &Part) -> String {
    match part {
        Part::Lines(said) => lines(said),
        Part::Code { label, code } => format!("{}\n{}", label.plain(), Text::ltr(code).plain()),
        Part::Link { label, href } => format!("{}\n{href}", label.plain()),
    }
}

fn lines(said: &[Text]) -> String {
    said.iter().map(Text::plain).collect::<Vec<_>>().join("\n")
}
