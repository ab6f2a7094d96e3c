//! What is still worth doing.

use miftah_rules::Place;

use super::{coded, task};
use crate::Ctx;
use crate::gallery::{Example, example};
use crate::html::html;

pub(crate) fn examples(ctx: &Ctx) -> Vec<Example> {
    let t = &ctx.texts;
    let tasks = html! {
        <ul class="tasks">
            {task(ctx, &Place::Contact, t.home_todo_add_phone(), Some(t.home_todo_add_phone_why()))}
            {task(ctx, &Place::Password, t.home_task_password(), None)}
            {coded(ctx, &Place::Problem("E303".into()), t.code_missing(), "E303")}
        </ul>
    };
    vec![example("tasks", tasks)]
}
