//! Faults of work that goes through many workspaces.

/// One workspace's fault keeps nothing from the others: the work goes on, and ends with the first fault. The others are
/// written to the log.
#[derive(Debug, Default)]
pub struct FaultsOfEach(Option<anyhow::Error>);

impl FaultsOfEach {
    pub fn note(&mut self, done: anyhow::Result<()>) {
        let Err(fault) = done else { return };
        match self.0 {
            None => self.0 = Some(fault),
            Some(_) => tracing::error!("{fault:#}"),
        }
    }

    /// # Errors
    /// The first fault that was noted.
    pub fn end(self) -> anyhow::Result<()> {
        self.0.map_or(Ok(()), Err)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_fault_is_told_after_all_was_done() {
        let mut faults = FaultsOfEach::default();
        faults.note(Ok(()));
        faults.note(Err(anyhow::anyhow!("first")));
        faults.note(Err(anyhow::anyhow!("second")));
        assert_eq!(faults.end().unwrap_err().to_string(), "first");
        assert!(FaultsOfEach::default().end().is_ok());
    }
}
