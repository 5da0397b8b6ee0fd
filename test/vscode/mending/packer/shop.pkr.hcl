packer {
  required_plugins {
    amazon = {
      source  = "github.com/hashicorp/amazon"
      version = "1.3.9"
    }
  }
}

source "amazon-ebs" "shop" {
  ami_name      = "shop-2026.11"
  instance_type = "t3.small"
  region        = "eu-central-1"
  source_ami    = "ami-0123456789abcdef0"
  ssh_username  = "ubuntu"
}

build {
  sources = ["source.amazon-ebs.shop"]

  provisioner "file" {
    source      = "dist/"
    destination = "/opt/shop"
  }

  provisioner "shell" {
    inline = ["cd /opt/shop && npm ci", "sudo systemctl enable shop"]
  }
}
