filedesc://crawl.arc 0.0.0.0 20260203093100 text/plain 76
1 0 InternetArchive
URL IP-address Archive-date Content-type Archive-length

http://www.vardholm-courier.example/17 192.0.2.1 20260203093100 text/html 250
HTTP/1.1 200 OK
Content-Type: text/html; charset=utf-8

<html><head><title>Ferry link reopens</title></head><body><article><p>The ferry between Vardholm and the outer islands sailed again on Tuesday, after eleven weeks.</p></article></body></html>
dns:vardholm-courier.example 192.0.2.1 20260203093100 text/dns 3
abc
stray
http://www.vardholm-courier.example/18 192.0.2.1 20260203093100 text/html 280
HTTP/1.1 200 OK
Content-Type: text/html
Transfer-Encoding: chunked

3c
<html><head><title>Ferry link reopens</title></head><body><a
83
rticle><p>The ferry between Vardholm and the outer islands sailed again on Tuesday, after eleven weeks.</p></article></body></html>
0


