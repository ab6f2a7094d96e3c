//! The HTML part of a mail: one column, no picture, nothing fetched.
//!
//! No colour is set, so light and dark mail programs both show their own ink on their own ground.
//! Direction stands on an element inside `body` too, because some programs drop `html` and `body`.

use miftah_messages::Text;
use miftah_rules::{Dir, Lang};

use super::mail::{Mail, Part};

const PARAGRAPH: &str = "margin:0 0 16px";

pub(super) fn part(mail: &Mail, lang: Lang) -> String {
    let dir = lang.dir();
    let align = match dir {
        Dir::RightToLeft => "right",
        Dir::LeftToRight => "left",
    };
    let (tag, dir) = (lang.tag(), dir.as_str());
    let body: String = mail.parts.iter().map(block).collect();
    format!(
        "<!doctype html>\n<html lang=\"{tag}\" dir=\"{dir}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"supported-color-schemes\" content=\"light dark\">\n\
         <title>{subject}</title>\n</head>\n<body style=\"margin:0;padding:0\">\n\
         <div lang=\"{tag}\" dir=\"{dir}\" style=\"max-width:560px;margin:0 auto;padding:24px 16px;\
         font-family:system-ui,-apple-system,'Segoe UI',Tahoma,sans-serif;font-size:17px;\
         line-height:1.7;text-align:{align}\">\n\
         <p style=\"margin:0 0 24px;padding:0 0 12px;border-bottom:1px solid;font-weight:600\">\
         {head}</p>\n{body}{footer}</div>\n</body>\n</html>\n",
        // A title holds no elements.
        subject = Text::own(&mail.subject.bare()).html(),
        head = mail.head.html(),
        footer = footer(&mail.footer),
    )
}

fn block(part: &Part) -> String {
    match part {
        Part::Lines(said) => paragraph(PARAGRAPH, said),
        Part::Code { label, code } => format!(
            "{}<p style=\"margin:0 0 16px;font-size:34px;line-height:1.3;font-weight:600\">\
             <bdi dir=\"ltr\" translate=\"no\" style=\"font-family:ui-monospace,Menlo,Consolas,\
             monospace\">{}</bdi></p>\n",
            paragraph("margin:0", std::slice::from_ref(label)),
            Text::own(code).html()
        ),
        Part::Link { label, href } => {
            let href = Text::own(href).html();
            format!(
                "{}<p style=\"{PARAGRAPH}\"><a href=\"{href}\" dir=\"ltr\" translate=\"no\" \
                 style=\"overflow-wrap:anywhere\">{href}</a></p>\n",
                paragraph("margin:0", std::slice::from_ref(label)),
            )
        }
    }
}

fn footer(lines: &[Text]) -> String {
    if lines.is_empty() {
        return String::new();
    }
    paragraph(
        "margin:24px 0 0;padding:12px 0 0;border-top:1px solid;font-size:14px",
        lines,
    )
}

fn paragraph(style: &str, said: &[Text]) -> String {
    let lines: Vec<_> = said.iter().map(Text::html).collect();
    format!("<p style=\"{style}\">{}</p>\n", lines.join("<br>\n"))
}
