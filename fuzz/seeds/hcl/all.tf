# A comment.
resource "aws_s3_bucket" "logs" {
  bucket = "acme-${var.stage}-\u00e9\n$${x}" // another
  policy = jsonencode({
    "a:b" = [for k, v in local.x : upper(v...) if k != null], (c) = 1, d = 2, d = 3
  })
  dynamic "rule" {
    for_each = { for k, v in a.*.b[0] : k =>
    v ? -1 : !x.0.y && "%{ if z }a%{ endif }" == 1... }
  }
  text = <<-EOT
    one ${two}

      three
    EOT
}
/* The rest. */
locals {
  e = provider::aws::f(1e3, "")
}
stage = [true,
{}, ]
