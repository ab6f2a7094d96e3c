//! What a member of staff may do.

words! {
    /// One role an officer.
    Role {
        /// Complaints, assisted recovery.
        Registry => "registry",
        /// That, and the letters that could not be delivered.
        Administrator => "administrator",
    }
}

impl Role {
    /// Whether letters that wait for the office may be seen and released.
    pub const fn sees_letters(self) -> bool {
        matches!(self, Self::Administrator)
    }
}
