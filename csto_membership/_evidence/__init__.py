"""
Everything that is known of one organisation.

Sources, what they claim and attest, instruments, institutions, and the record that holds them. Data, and the rules by
which an event's claims become alternatives; a record that cannot be is refused here. No reading, and so no status, is
known here.
"""
