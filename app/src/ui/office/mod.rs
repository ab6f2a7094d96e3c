//! The office: who helps when the portal cannot.

#[cfg(feature = "ssr")]
pub(crate) mod examples;

use miftah_messages::Text;

use super::text;
use crate::Ctx;
use crate::html::{Html, html};

/// Name, hours, address, phone and e-mail from the profile, in the content of a page.
pub fn office(ctx: &Ctx) -> Html {
    let bring = text("p", "quiet", ctx.texts.common_office_bring());
    section(ctx, "office-help", Some(bring))
}

/// The same at the foot of every page.
pub fn office_at_foot(ctx: &Ctx) -> Html {
    section(ctx, "office", None)
}

fn section(ctx: &Ctx, id: &'static str, bring: Option<Html>) -> Html {
    let t = &ctx.texts;
    let office = &ctx.frame.institution.office;
    let dial = format!("tel:{}", office.phone.replace(' ', ""));
    let mail = format!("mailto:{}", office.email);
    html! {
        <section class="contact" aria-labelledby=id>
            {text::text_with_id("h2", "contact-name", id.into(), Text::own(&office.name))}
            {bring}
            <dl class="contact-list">
                <div>
                    {text("dt", "", t.common_office_hours())} {text("dd", "", Text::own(&office.hours))}
                </div>
                <div>
                    {text("dt", "", t.common_office_address())}
                    {text("dd", "", Text::own(&office.address))}
                </div>
                <div>
                    {text("dt", "", t.common_office_phone())}
                    <dd>
                        <a href=dial>{text("span", "", Text::ltr(&office.phone))}</a>
                    </dd>
                </div>
                <div>
                    {text("dt", "", t.common_office_email())}
                    <dd>
                        <a href=mail>{text("span", "", Text::ltr(&office.email))}</a>
                    </dd>
                </div>
            </dl>
        </section>
    }
}
