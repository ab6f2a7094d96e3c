//! The contract of the store: every method, every conflict, every race, each story run on both
//! databases. A story gets an empty store; what it asserts is what a verb would notice.

#[cfg(test)]
mod accounts;
#[cfg(test)]
mod acts;
#[cfg(test)]
mod batches;
#[cfg(test)]
mod complaints;
#[cfg(test)]
mod corrections;
#[cfg(test)]
mod glance;
#[cfg(test)]
mod journeys;
#[cfg(test)]
mod kept;
#[cfg(test)]
mod letters;
#[cfg(test)]
mod officers;
#[cfg(test)]
mod papers;
#[cfg(test)]
mod parked;
#[cfg(test)]
mod places;
#[cfg(test)]
mod roll;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod sessions;
#[cfg(test)]
mod staging;
#[cfg(test)]
mod throttles;
#[cfg(test)]
mod upkeep;

/// Runs each story on each database. A story that is not listed here is dead code, and told so.
macro_rules! on_both {
    ($($module:ident { $($story:ident)* })*) => {
        mod sqlite {
            $(mod $module { $(
                #[tokio::test(flavor = "multi_thread")]
                async fn $story() {
                    let place = miftah_store::testing::Place::make(
                        miftah_store::testing::Engine::Sqlite,
                    ).await;
                    crate::$module::$story(&place).await;
                    place.remove().await;
                }
            )* })*
        }
        mod postgres {
            $(mod $module { $(
                #[tokio::test(flavor = "multi_thread")]
                async fn $story() {
                    let place = miftah_store::testing::Place::make(
                        miftah_store::testing::Engine::Postgres,
                    ).await;
                    crate::$module::$story(&place).await;
                    place.remove().await;
                }
            )* })*
        }
    };
}

on_both! {
    accounts {
        an_opened_account_is_found_by_each_of_its_keys
        a_person_has_one_open_account
        an_address_has_one_open_account
        accounts_without_an_address_are_beside_each_other
        a_closed_account_frees_person_and_address
        a_change_counts_the_version_and_loses_against_a_newer_one
        a_change_to_a_taken_address_is_refused
        what_was_decided_about_an_older_version_is_refused
        a_reopened_account_meets_the_one_opened_meanwhile
        twenty_tasks_open_one_account
        twenty_tasks_claim_one_address
        an_account_of_nobody_is_broken_not_a_conflict
    }
    acts {
        a_chain_holds_and_is_told_oldest_first
        each_subject_has_its_own_chain
        two_servers_write_one_unbroken_chain
        acts_about_two_subjects_in_any_order_all_succeed
    }
    batches {
        a_refused_batch_leaves_nothing
        a_broken_batch_leaves_nothing_and_the_store_goes_on
        writes_may_come_before_what_they_refer_to
        a_batch_happens_in_its_order
        an_empty_batch_is_fine
    }
    complaints {
        a_complaint_comes_back_as_it_was_written
        a_move_counts_the_version_and_loses_against_a_newer_one
        what_was_claimed_never_changes
        a_reference_is_given_once
        twenty_tasks_take_one_complaint
        twenty_tasks_claim_one_reference
        each_list_has_its_own_and_its_order
        an_account_has_one_assisted_recovery_that_is_not_over
        twenty_tasks_ask_for_one_account
        a_complaint_of_nobody_s_officer_is_broken
    }
    corrections {
        a_correction_counts_at_once_and_for_one_person
        a_corrected_number_finds_the_person_and_the_old_one_nobody
        a_number_that_somebody_has_is_refused
        a_refused_correction_leaves_nothing_of_its_batch
        what_was_seen_has_to_be_there_still
        twenty_tasks_correct_one_record_as_they_saw_it
        a_person_is_added_where_no_roll_was_ever_loaded
        an_added_person_is_found_by_the_next_import
        an_added_person_s_number_is_taken
        twenty_tasks_add_one_number
        twenty_tasks_give_one_number_to_different_persons
        numbers_that_a_file_brings_at_the_same_time_are_taken
        persons_are_found_by_what_their_document_is_now
    }
    glance {
        each_handle_finds_its_account_and_all_that_is_asked_with_it
        a_closed_account_is_nobody_s
        an_act_comes_behind_what_came_since_its_end_was_seen
        a_sign_in_is_written_unless_what_was_counted_since_holds_it_back
        a_sign_in_is_written_whole_or_not_at_all
        sign_ins_that_are_given_up_leave_the_store_as_it_was
        twenty_sign_ins_at_once_are_all_written
        twenty_right_tries_among_wrong_ones_are_as_many_as_allowed
    }
    journeys {
        a_journey_comes_back_as_it_was_written
        an_accounts_journeys_at_a_step_come_newest_first
        a_moved_journey_counts_its_version
        a_double_click_moves_once
        a_swept_journey_has_moved
        ended_journeys_are_over_and_late_posts_lose
    }
    kept {
        a_correction_stays_where_the_file_says_what_it_said
        a_correction_gives_way_field_by_field
        an_address_that_an_officer_removed_or_gave_stays
        a_correction_while_a_roll_is_staged_counts
        a_correction_outlives_the_roll_that_was_staged_before_it
    }
    letters {
        letters_come_oldest_first_when_they_are_due
        a_letter_comes_back_as_it_was_queued
        a_dead_workers_letters_come_back
        a_sent_letter_never_comes_back
        a_delayed_letter_comes_back_later
        a_parked_letter_stays
        what_became_of_a_letter_is_told
        two_workers_never_share_a_letter
        each_channel_is_taken_by_itself
    }
    officers {
        an_officer_comes_back_and_is_listed_while_the_account_is_open
        an_officer_s_account_is_nobody_s_on_the_roll
        an_officer_and_a_student_never_share_an_address
    }
    papers {
        documents_are_listed_in_their_order_once_they_are_given
        a_document_is_given_once
        only_strays_are_found_and_forgotten
    }
    parked {
        parked_letters_are_listed_last_parked_first
        a_released_letter_begins_anew
        a_letter_of_a_code_is_not_released
    }
    roll {
        a_person_is_found_by_id_and_number
        a_second_load_updates_and_keeps_what_was
        an_address_that_goes_or_comes_is_a_change
        first_persons_come_in_the_order_of_the_file
        a_big_roll_loads_in_batches
    }
    sessions {
        a_session_is_found_by_its_token
        an_officers_session_is_nobodys_on_the_roll
        open_sessions_come_last_used_first
        a_session_ends_by_time_and_by_idleness
        touching_and_proving_move_forward_only
        a_temporary_session_is_one_until_it_is_settled
        an_ended_session_is_gone_and_stays_gone
        all_sessions_end_except_one
    }
    staging {
        what_is_staged_is_seen_by_nobody_until_it_is_published
        a_dropped_roll_leaves_nothing_and_the_next_one_begins
        one_roll_is_loaded_at_a_time_and_a_dead_one_is_cleared_away
        lines_that_contradict_are_found_and_taken_out
        a_document_that_moves_within_the_file_is_free
        where_a_file_has_no_column_nothing_changes
        an_import_that_is_cleared_away_is_refused
    }
    throttles {
        failures_add_up_and_are_forgotten
        failures_older_than_a_day_count_no_more
        failures_of_another_time_are_forgotten
        a_bucket_knows_when_it_will_be_empty
        twenty_tasks_count_twenty_failures
        failures_counted_in_any_order_all_count
        a_try_beyond_the_limit_leaves_nothing
        twenty_tries_at_once_are_as_many_as_allowed
    }
    upkeep {
        a_sweep_takes_what_is_over_and_counts_it
        a_sweep_in_batches_leaves_nothing_behind
        parked_letters_go_when_their_time_is_over
        a_ping_is_answered
        everything_is_there_after_a_restart
        every_statement_is_understood
        a_fresh_schema_equals_one_migrated_step_by_step
        a_filled_database_is_migrated_with_everything_in_it
        servers_that_start_together_migrate_once
        a_newer_database_is_refused
    }
}
