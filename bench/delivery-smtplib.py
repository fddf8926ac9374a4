"""What the script that Countersign replaces does for each mail: connect to 587, STARTTLS, login, one line.

Reads "send" lines, answers each with the milliseconds until the server had accepted the message.
"""
import json
import smtplib
import ssl
import sys
import time

settings = json.loads(sys.argv[1])
context = ssl.create_default_context(cafile=settings["ca"])
for _ in sys.stdin:
    started = time.perf_counter()
    server = smtplib.SMTP("localhost", settings["port"])
    server.starttls(context=context)
    server.login(settings["user"], settings["password"])
    server.sendmail(settings["user"], settings["to"], "Subject: code\r\n\r\nYour code is 409313\r\n")
    print((time.perf_counter() - started) * 1000, flush=True)
    server.quit()
