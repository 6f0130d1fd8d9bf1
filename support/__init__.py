"""What the school does beside the ladder: assistance, conferences, referrals out, follow-ups."""
