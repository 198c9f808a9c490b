-- Raises where a column or a rule is missing, or where somebody sees too much of a firm's profile.
SELECT answered_on, answer FROM goutong.opinion LIMIT 0;
SELECT classification_version, code, heading, name FROM goutong.registration_type LIMIT 0;
SELECT registration_type, classification_version FROM goutong.firm_profile LIMIT 0;
SELECT firm_id, heading FROM goutong.ownership_at(0, '-infinity') LIMIT 0;
DO $$
BEGIN
    ASSERT (SELECT count(*) = 5 FROM pg_constraint k
            WHERE k.connamespace = 'goutong'::regnamespace AND k.convalidated
              AND k.conname IN ('opinion_answer_dated', 'opinion_answer_not_blank',
                'firm_profile_type_of_a_version', 'firm_profile_says_something',
                'firm_profile_registration_type_fkey')),
        'a rule is missing';
    ASSERT has_column_privilege('goutong_figures', 'goutong.firm_profile', 'registration_type', 'SELECT')
        AND NOT has_column_privilege('goutong_figures', 'goutong.firm_profile', 'headcount', 'SELECT')
        AND NOT has_column_privilege('goutong_figures', 'goutong.opinion', 'answered_on', 'SELECT'),
        'rights on a firm''s profile or on what was said are not what they must be';
END
$$;
