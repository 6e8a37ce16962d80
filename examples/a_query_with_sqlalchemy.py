"""SQLAlchemy: rows of one's own joined to the answers in a database, where null is undetermined."""

import datetime as dt
import sqlite3

import sqlalchemy as sa
from sqlalchemy import orm

import csto_membership as csto
from csto_membership.sql import script

engine = sa.create_engine("sqlite://", poolclass=sa.pool.StaticPool)

# The answers of a view, once; elsewhere `csto-membership export --sql postgresql OUT.sql` and `psql` do it.
with engine.connect() as connection:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    driver.executescript(script(csto.CSTO.under("legal"), "sqlite"))


class Base(orm.DeclarativeBase):
    """The tables of this database."""


class Treaty(Base):
    """A treaty of one's own: who signed it, and when."""

    __tablename__ = "treaties"
    title: orm.Mapped[str] = orm.mapped_column(primary_key=True)
    party: orm.Mapped[str]
    signed: orm.Mapped[dt.date]


class MembershipOn(Base):
    """What was made by the script: of each state, the run of days in which a day lies, and the answer there."""

    __tablename__ = "membership_on"
    state: orm.Mapped[str] = orm.mapped_column(primary_key=True)
    first_day: orm.Mapped[dt.date] = orm.mapped_column(primary_key=True)
    last_day: orm.Mapped[dt.date]
    statuses: orm.Mapped[str]
    member: orm.Mapped[bool | None]


Base.metadata.create_all(engine, [Base.metadata.tables[Treaty.__tablename__]])
rows = [
    Treaty(title="while it was a member", party="UZB", signed=dt.date(1999, 4, 20)),
    Treaty(title="the day after its term", party="UZB", signed=dt.date(1999, 4, 21)),
    Treaty(title="when the sources leave it open", party="UZB", signed=dt.date(2007, 1, 1)),
    Treaty(title="of a state outside", party="FRA", signed=dt.date(2007, 1, 1)),
    Treaty(title="of no state", party="ZZZ", signed=dt.date(2007, 1, 1)),
]

# An outer join, so that every row stays: no state, no answer.
question = (
    sa.select(Treaty.title, Treaty.party, Treaty.signed, MembershipOn.member, MembershipOn.statuses)
    .outerjoin(
        MembershipOn,
        (MembershipOn.state == Treaty.party) & Treaty.signed.between(MembershipOn.first_day, MembershipOn.last_day),
    )
    .order_by(Treaty.party, Treaty.signed)
)
with orm.Session(engine) as session:
    session.add_all(rows)
    session.flush()
    for title, party, signed, member, statuses in session.execute(question):
        verdict = "no such state" if statuses is None else "undetermined" if member is None else csto.Verdict(member)
        print(f"{party} {signed} {verdict!s:13} {statuses or '':14} {title}")

    # Whoever filters says which side an open answer falls on: IS true asks for the certain, IS NOT false for the possible.
    told = question.subquery()
    for word, condition in (("certain", told.c.member.is_(True)), ("possible", told.c.member.is_not(False))):
        found = session.scalar(sa.select(sa.func.count()).where(condition, told.c.statuses.is_not(None)))
        print(f"{word}: {found}")
engine.dispose()
