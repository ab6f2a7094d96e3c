//! "I am not a robot": whether a page asks for it, and with what (S3.3, S4.1). Nobody else is asked to
//! judge, and a picture is never the only way.

use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RobotProfile {
    #[serde(default)]
    pub check: RobotCheck,
    /// The pages that ask.
    #[serde(default)]
    pub at: Vec<RobotPlace>,
    #[serde(default)]
    pub when: RobotWhen,
}

/// What shows that somebody is no robot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RobotCheck {
    /// A second's work of their own device, which begins as soon as they begin to type. Without
    /// scripts, a code that is seen or heard.
    #[default]
    Work,
    /// A code that is seen or heard; the device's work does as well.
    Picture,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RobotPlace {
    SignIn,
    Register,
    Recover,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RobotWhen {
    #[default]
    Always,
    /// Once a try has failed.
    Suspicion,
}

impl RobotProfile {
    /// Whether a page asks, of somebody who did or did not fail before.
    pub fn asks(&self, at: RobotPlace, has_failed: bool) -> bool {
        self.at.contains(&at) && (has_failed || self.when == RobotWhen::Always)
    }
}
