"""Whether a reminder may go out now."""


def is_quiet(now, settings):
    """Return whether it is night; nights go past midnight."""
    return now >= settings.quiet_from or now < settings.quiet_until


def may_send(now, sent_today, settings):
    return not is_quiet(now, settings) and sent_today < settings.most_a_day
