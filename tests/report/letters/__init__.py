"""Letters in Word."""
