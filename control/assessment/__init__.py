"""Who held a place on a day, and how sure that is: claims become events, events become intervals."""
