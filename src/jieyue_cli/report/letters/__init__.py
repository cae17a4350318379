"""Letters in Word: templates that an office may edit, what they may say, and how they are filled in."""
