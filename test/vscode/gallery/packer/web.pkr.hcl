packer {
  required_version = ">= 1.11"
  required_plugins {
    amazon = {
      source  = "github.com/hashicorp/amazon"
      version = "1.3.9"
    }
  }
}

variable "release" {
  type    = string
  default = "2026.11"
}

source "amazon-ebs" "web" {
  ami_name      = "web-${var.release}"
  instance_type = "t3.small"
  region        = "eu-central-1"
  ssh_username  = "ubuntu"
  source_ami_filter {
    filters = {
      name = "ubuntu/images/*ubuntu-noble-24.04-amd64-server-*"
    }
    most_recent = true
  }

}

build {
  sources = ["source.amazon-ebs.web"]

  provisioner "shell" {
    inline = ["git clone https://example.com/shop.git /srv/shop", "cd /srv/shop && npm ci"]
  }
}
